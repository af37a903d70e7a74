package io.github.hybridinference.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Puts a signature around a value, and takes it off again, so that only a process that knows the fleet's secret can write what
 * an engine believes:
 *
 * <pre>
 * 2 bytes   'S', version
 * 16 bytes  the first half of HMAC-SHA-256 over the version, the length and name of the Redis key, and the content
 * the rest  content
 * </pre>
 *
 * <p>The name is the whole one, prefix included, so that a value moved to another key, or from one environment to another, has no
 * valid signature there. When the content ends must be part of the content. The HMAC's key is derived from the secret, so that a
 * secret that is used elsewhere too makes no other signatures here.
 *
 * <p>While a secret is replaced two are accepted, and the first one signs.
 */
final class Signatures {
    /** Bytes that the signature adds to a value. */
    static final int LENGTH = 18;

    /** The shortest secret, in bytes of UTF-8. */
    static final int SHORTEST_SECRET = 32;

    private static final byte MAGIC = 'S';
    private static final byte VERSION = 1;
    private static final int HEAD = 2;
    private static final int MAC_LENGTH = LENGTH - HEAD;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = RedisKeys.bytes("hybrid-redis signature 1");

    private final List<SecretKeySpec> keys;

    /**
     * Makes signatures of one secret that also accepts those of another.
     *
     * @param secret signs, and is accepted
     * @param accepted is accepted too, if there is one
     */
    Signatures(String secret, @Nullable String accepted) {
        this.keys = Stream.of(Optional.of(secret), Optional.ofNullable(accepted))
                .flatMap(Optional::stream)
                .map(Signatures::key)
                .toList();
    }

    /**
     * Checks a secret.
     *
     * @param name of the setting, for the message
     * @throws IllegalArgumentException if it is too short; the message does not repeat it
     */
    static String checked(String secret, String name) {
        int length = secret.getBytes(StandardCharsets.UTF_8).length;
        if (length < SHORTEST_SECRET) {
            throw new IllegalArgumentException(name + " must have at least " + SHORTEST_SECRET + " bytes, but has "
                    + length + "; openssl rand -base64 32 makes one");
        }
        return secret;
    }

    private static SecretKeySpec key(String secret) {
        SecretKeySpec whole = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        return new SecretKeySpec(mac(whole).doFinal(PURPOSE), ALGORITHM);
    }

    /** Returns the content with its signature for the key of this name. */
    byte[] sign(byte[] name, byte[] content) {
        return ByteBuffer.allocate(LENGTH + content.length)
                .put(MAGIC)
                .put(VERSION)
                .put(signature(keys.get(0), name, content, 0), 0, MAC_LENGTH)
                .put(content)
                .array();
    }

    /** Returns the content of a value found under the key of this name; empty without a valid signature. */
    Optional<byte[]> open(byte[] name, byte[] value) {
        if (value.length < LENGTH || value[0] != MAGIC || value[1] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer form = ByteBuffer.wrap(value, HEAD, value.length - HEAD);
        byte[] found = new byte[MAC_LENGTH];
        form.get(found);
        for (SecretKeySpec key : keys) {
            byte[] right = new byte[MAC_LENGTH];
            ByteBuffer.wrap(signature(key, name, value, LENGTH)).get(right);
            if (MessageDigest.isEqual(found, right)) {
                byte[] content = new byte[form.remaining()];
                form.get(content);
                return Optional.of(content);
            }
        }
        return Optional.empty();
    }

    private static byte[] signature(SecretKeySpec key, byte[] name, byte[] value, int contentFrom) {
        Mac mac = mac(key);
        mac.update(VERSION);
        mac.update((byte) (name.length >> 8));
        mac.update((byte) name.length);
        mac.update(name);
        mac.update(value, contentFrom, value.length - contentFrom);
        return mac.doFinal();
    }

    /** A new one for each call: none may be used by two threads, and making one takes a fifth of a microsecond. */
    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError("every Java platform has " + ALGORITHM, impossible);
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Signatures[" + keys.size() + "]";
    }
}
