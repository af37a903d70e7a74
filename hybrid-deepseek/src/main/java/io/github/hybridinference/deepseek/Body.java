package io.github.hybridinference.deepseek;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The bytes of a body so far, never more than {@link Transport#BODY_LIMIT}. */
final class Body {
    private static final int USUAL_LENGTH = 1_024;

    private byte[] bytes;
    private int length;

    /**
     * Makes an empty one.
     *
     * @param expectedLength as far as it was announced, and as far as one cares to believe that
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

    /** Adds bytes; false if that would be too many. */
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

    /** The bytes, and after the first {@link #length()} of them anything. */
    byte[] bytes() {
        return bytes;
    }

    /** While a request waits, a service may send blank lines, and then nothing. */
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
