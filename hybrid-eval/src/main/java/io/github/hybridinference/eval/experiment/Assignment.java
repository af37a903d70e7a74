package io.github.hybridinference.eval.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;

/**
 * Assigns a symbol to an arm for a day: the same in every process, and pseudo-random for anyone who does not know the
 * name of the experiment.
 *
 * @param experiment its name, so that two experiments assign independently
 * @param shareOfB the probability of arm B, in (0, 1)
 */
record Assignment(String experiment, double shareOfB) {
    private static final double UNIT = 0x1p-53;

    Arm armOf(String symbol, LocalDate day) {
        // the length prevents collisions between different names and symbols
        String text = experiment.length() + ":" + experiment + symbol + "@" + day;
        long bits = ByteBuffer.wrap(digest(text)).getLong();
        return (bits >>> 11) * UNIT < shareOfB ? Arm.B : Arm.A;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }
}
