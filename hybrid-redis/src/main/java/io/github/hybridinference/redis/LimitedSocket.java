package io.github.hybridinference.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.net.Socket;
import java.net.SocketException;

/** A socket whose reads, all together, end when the {@link IoLimit} of the reading thread does. */
final class LimitedSocket extends Socket {
    /** Our longest replies have lengths of four. */
    private static final int DIGITS = 8;

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
    public synchronized void setSoTimeout(int timeout) throws SocketException {
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
            int count = super.read(into, offset, length);
            if (count > DIGITS && isAbsurd(into, offset)) {
                throw new StreamCorruptedException("a length of so many digits");
            }
            return count;
        }

        /** What is no Redis may begin like a reply, and Jedis makes room for any length before it reads on. */
        private static boolean isAbsurd(byte[] reply, int offset) {
            if (reply[offset] != '$' && reply[offset] != '*') {
                return false;
            }
            for (int i = 1; i <= DIGITS; i++) {
                if (reply[offset + i] < '0' || reply[offset + i] > '9') {
                    return false;
                }
            }
            return true;
        }
    }
}
