package io.github.hybridinference.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;

/** A socket whose reads, all together, end when the {@link IoLimit} of the reading thread does. */
final class LimitedSocket extends Socket {
    private int timeoutMs;

    @Override
    public InputStream getInputStream() throws IOException {
        return new Limited(super.getInputStream());
    }

    private void limit() throws IOException {
        int left = IoLimit.remainingMs();
        if (left != timeoutMs) {
            setSoTimeout(left);
        }
    }

    @Override
    public void setSoTimeout(int timeout) throws SocketException {
        super.setSoTimeout(timeout);
        timeoutMs = timeout;
    }

    private final class Limited extends FilterInputStream {
        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            limit();
            return super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            limit();
            return super.read(into, offset, length);
        }
    }
}
