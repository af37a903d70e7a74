package io.github.hybridinference.eval;

import io.github.hybridinference.model.TradingSignal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Digests the signals of a run: equal for runs that gave the same signal at each bar, whichever source it came from.
 */
final class SignalDigest {
    private SignalDigest() {}

    static String of(History history, List<Decided> decisions) {
        MessageDigest digest = sha256();
        StringBuilder line = new StringBuilder();
        for (Decided decided : decisions) {
            TradingSignal signal = decided.answer().signal();
            line.setLength(0);
            line.append(history.questions().get(decided.bar()).timeMs())
                    .append(' ')
                    .append(signal.action())
                    .append(' ')
                    .append(signal.confidence())
                    .append(' ')
                    .append(signal.risk())
                    .append(' ')
                    .append(text(signal.stopLossPct()))
                    .append(' ')
                    .append(text(signal.takeProfitPct()))
                    .append('\n');
            digest.update(line.toString().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String text(OptionalDouble distance) {
        return distance.isPresent() ? Double.toString(distance.getAsDouble()) : "-";
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
