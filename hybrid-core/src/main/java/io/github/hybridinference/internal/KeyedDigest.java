package io.github.hybridinference.internal;

import io.github.hybridinference.model.CacheKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * HMAC-SHA-256 (RFC 2104) of a key and a symbol under one secret, cut to the 128 bits of a key. Without the secret it can
 * neither be inverted nor computed for a guessed symbol and figures.
 *
 * <p>The two blocks of the secret are digested once and each call goes on from copies of these states. That takes half as many
 * rounds as {@link javax.crypto.Mac}, which begins anew each time, and needs nothing per thread.
 *
 * @since 0.1.0
 */
public final class KeyedDigest {
    private static final String DIGEST = "SHA-256";
    private static final int BLOCK = 64;
    private static final int DIGEST_BYTES = 32;
    private static final int KEY_BYTES = 16;
    private static final int INNER_PAD = 0x36;
    private static final int OUTER_PAD = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;

    /**
     * Makes one for a secret.
     *
     * @param secret any number of bytes; copied
     */
    public KeyedDigest(byte[] secret) {
        byte[] padded = Arrays.copyOf(secret.length > BLOCK ? sha256().digest(secret) : secret, BLOCK);
        inner = after(padded, INNER_PAD);
        outer = after(padded, OUTER_PAD);
    }

    /**
     * Digests a key and a symbol.
     *
     * @param key the key that all symbols share
     * @param symbol the symbol
     * @return the key of this symbol
     */
    public CacheKey of(CacheKey key, String symbol) {
        byte[] text = symbol.getBytes(StandardCharsets.UTF_8);
        byte[] message = new byte[KEY_BYTES + text.length];
        ByteBuffer.wrap(message).putLong(key.high()).putLong(key.low()).put(text);
        byte[] digest = new byte[DIGEST_BYTES];
        finish(inner, message, digest);
        finish(outer, digest, digest);
        ByteBuffer halves = ByteBuffer.wrap(digest);
        return new CacheKey(halves.getLong(), halves.getLong());
    }

    /** The state itself is only copied, so all threads can use it. */
    private static void finish(MessageDigest state, byte[] message, byte[] target) {
        try {
            MessageDigest copy = (MessageDigest) state.clone();
            copy.update(message);
            copy.digest(target, 0, target.length);
        } catch (CloneNotSupportedException | DigestException impossible) {
            throw new AssertionError("SHA-256 of this platform cannot go on from a copy", impossible);
        }
    }

    private static MessageDigest after(byte[] secret, int pad) {
        byte[] block = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            block[i] = (byte) (secret[i] ^ pad);
        }
        MessageDigest digest = sha256();
        digest.update(block);
        return digest;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance(DIGEST);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /** Always the same: it holds a secret. */
    @Override
    public String toString() {
        return "KeyedDigest";
    }
}
