package io.github.hybridinference.redis;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * A socket that limits the total time of reads to the {@link IoLimit} of the reading thread, and refuses replies of absurd
 * lengths.
 */
final class LimitedSocket extends Socket {
    private final @Nullable ReplyFrames frames;
    private int timeoutMs;

    /**
     * Makes a socket that is not connected yet.
     *
     * @param encrypted whether the bytes read here are encrypted: the lengths in replies cannot be seen then, but the
     *     certificate says that the server is the right one
     */
    LimitedSocket(boolean encrypted) {
        this.frames = encrypted ? null : new ReplyFrames();
    }

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
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            limit();
            int count = super.read(into, offset, length);
            if (frames != null && count > 0) {
                frames.check(into, offset, count);
            }
            return count;
        }
    }
}
