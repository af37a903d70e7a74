package io.github.hybridinference.deepseek;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * The system message, the same bytes in every request.
 *
 * @param version the version that the caller gave, and a digest of the text, so that two texts never share a version
 * @param text the message
 */
record Prompt(String version, String text) {
    static final Prompt STANDARD = of("1", bundled());

    private static final int DIGEST_BYTES = 4;

    static Prompt of(String version, String text) {
        String clean = text.strip().replace("\r\n", "\n");
        if (version.isBlank() || clean.isEmpty()) {
            throw new IllegalArgumentException("a prompt has a version and a text");
        }
        return new Prompt(version.strip() + "-" + digest(clean), clean);
    }

    /** Whether it contains the word JSON, without which services refuse JSON mode. */
    boolean mentionsJson() {
        return text.toLowerCase(Locale.ROOT).contains("json");
    }

    private static String digest(String text) {
        try {
            byte[] sha = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    private static String bundled() {
        try (InputStream in = Objects.requireNonNull(Prompt.class.getResourceAsStream("prompt.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
