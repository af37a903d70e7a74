package io.github.hybridinference.remote;

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
 * The system message of a chat model: what it is to do, and the form of its reply. It is the same text in every request, so
 * that a provider's prefix cache can reuse it. What varies is the user's message, see {@link ChatQuestion}.
 *
 * <p>Immutable and thread-safe. Made by {@link #of}.
 *
 * @param version the version that the owner gave, and a digest of the text, so that two texts never share a version
 * @param text the message, without white space around it
 * @since 0.1.0
 */
public record ChatPrompt(String version, String text) {
    /** The prompt of this library. It asks for the reply format that the engine's verifier accepts. */
    public static final ChatPrompt STANDARD = of("2", bundled());

    private static final int DIGEST_BYTES = 4;

    /**
     * Refuses null.
     *
     * @param version its version
     * @param text the message
     */
    public ChatPrompt {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Makes a prompt. It must ask for the reply format that the engine's verifier accepts.
     *
     * @param version its version, which together with a digest of the text is part of the cache's key
     * @param text the message; white space around it is dropped, and a line ends with {@code \n}
     * @return the prompt
     * @throws IllegalArgumentException if one of them is blank, or the text has half of a surrogate pair
     */
    public static ChatPrompt of(String version, String text) {
        String clean = text.strip().replace("\r\n", "\n");
        if (version.isBlank() || clean.isEmpty()) {
            throw new IllegalArgumentException("a prompt has a version and a text");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(clean)) {
            throw new IllegalArgumentException("a prompt's text is Unicode without half surrogate pairs");
        }
        return new ChatPrompt(version.strip() + "-" + digest(clean), clean);
    }

    /**
     * Tells whether it contains the word JSON, without which services refuse JSON mode.
     *
     * @return true if it does, in any case
     */
    public boolean mentionsJson() {
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
        try (InputStream in = Objects.requireNonNull(ChatPrompt.class.getResourceAsStream("prompt.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
