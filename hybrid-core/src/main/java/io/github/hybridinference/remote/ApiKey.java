package io.github.hybridinference.remote;

import java.util.Objects;

/**
 * A secret that opens a service. It never shows in a text: not in {@link #toString()}, and not in the message of an
 * exception. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiKey {
    private static final int LONGEST = 8_192; // a signed token (JWT) with many claims

    private final String secret;

    private ApiKey(String secret) {
        this.secret = secret;
    }

    /**
     * Wraps a secret. White space around it, such as the line break of a file it was read from, is dropped.
     *
     * @param secret 1 to 8,192 visible ASCII characters
     * @return the key
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public static ApiKey of(String secret) {
        String stripped = Objects.requireNonNull(secret, "secret").strip();
        // a line break within would end the header it is sent in, and start another
        boolean visible = stripped.chars().allMatch(c -> c > ' ' && c < 127);
        if (stripped.isEmpty() || stripped.length() > LONGEST || !visible) {
            throw new IllegalArgumentException("an API key is 1 to 8192 visible ASCII characters");
        }
        return new ApiKey(stripped);
    }

    /**
     * Gives the secret away, to an adapter that is about to send it.
     *
     * @return the secret
     */
    public String reveal() {
        return secret;
    }

    /** The same for every key. */
    @Override
    public String toString() {
        return "ApiKey[hidden]";
    }
}
