package io.github.hybridinference.deepseek;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The bytes of a body that have been read so far, at most {@link Transport#BODY_LIMIT}. */
final class Body {
    private static final int USUAL_LENGTH = 1_024;

    private byte[] bytes;
    private int length;

    /**
     * Makes an empty body.
     *
     * @param expectedLength the announced length, or 0; no more than the limit is allocated for it
     */
    Body(long expectedLength) {
        bytes = new byte[(int) Math.max(0, Math.min(expectedLength, Transport.BODY_LIMIT))];
    }

    static Body of(byte[] whole) {
        Body body = new Body(0);
        body.bytes = whole;
        body.length = whole.length;
        return body;
    }

    /** Appends bytes; returns false, and appends nothing, if the body would exceed the limit. */
    boolean append(ByteBuf more) {
        int count = more.readableBytes();
        if (count > Transport.BODY_LIMIT - length) {
            return false;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.max(USUAL_LENGTH, 2 * bytes.length)));
        }
        more.readBytes(bytes, length, count);
        length += count;
        return true;
    }

    /** The array whose first {@link #length()} bytes are the body. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether it has white space only. A service may send blank lines while a request waits, and then nothing else. */
    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (bytes[i] > ' ' || bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    int length() {
        return length;
    }
}
