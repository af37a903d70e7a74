package io.github.hybridinference.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of a request: a 128-bit digest of what would be sent, the model and the prompt's version. Two snapshots
 * that would send the same bytes have the same key, in every process; nothing of the caller's can be read from it.
 *
 * @param high the upper half
 * @param low the lower half
 * @since 0.1.0
 */
public record CacheKey(long high, long low) {
    /**
     * Digests text, such as the name of a model, into a key to start from.
     *
     * @param text any text
     * @return the first half of its SHA-256
     */
    public static CacheKey of(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            ByteBuffer halves = ByteBuffer.wrap(digest);
            return new CacheKey(halves.getLong(), halves.getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Returns the key as text.
     *
     * @return 32 hexadecimal digits
     */
    public String toHex() {
        return hex(high) + hex(low);
    }

    @Override
    public int hashCode() {
        return (int) (high ^ high >>> 32);
    }

    private static String hex(long half) {
        String digits = Long.toHexString(half);
        return "0".repeat(16 - digits.length()) + digits;
    }
}
