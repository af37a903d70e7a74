package io.github.hybridinference.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a text that is nearly always the same as the last, such as a model's name, and returns the same object then, so that
 * the entries in memory share it. Thread-safe.
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

    /** Whether the next bytes are the known text. Never true beyond ASCII, where a character takes several bytes. */
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
