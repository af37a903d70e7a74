package io.github.hybridinference.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A text that is nearly always the same: entries of one model hold one object for its name, in place of one each. Any thread
 * may find out that it has changed.
 */
final class ReusedText {
    private volatile String last = "";

    /** Reads the next {@code length} bytes. */
    String read(ByteBuffer form, int length) {
        String known = last;
        if (isNext(known, form, length)) {
            form.position(form.position() + length);
            return known;
        }
        byte[] text = new byte[length];
        form.get(text);
        String read = new String(text, StandardCharsets.UTF_8);
        last = read;
        return read;
    }

    /** Never for what goes beyond ASCII, of which a character takes several bytes. */
    private static boolean isNext(String known, ByteBuffer form, int length) {
        if (known.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (known.charAt(i) != form.get(form.position() + i)) {
                return false;
            }
        }
        return true;
    }
}
