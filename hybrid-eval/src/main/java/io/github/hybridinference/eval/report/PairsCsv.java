package io.github.hybridinference.eval.report;

import io.github.hybridinference.eval.AnswerPair;
import io.github.hybridinference.model.Action;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes pairs of answers as CSV. No cell needs quotes: times, actions and numbers. */
final class PairsCsv {
    private static final double BPS = 10_000;
    private static final int DIGITS = 6;

    private PairsCsv() {}

    static void write(List<AnswerPair> pairs, Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("timestamp,rules_action,model_action,return_bps,cost_bps,rules_bps,model_bps\n");
            for (AnswerPair pair : pairs) {
                out.write(String.join(
                        ",",
                        pair.time().toString(),
                        pair.rules().name(),
                        pair.model().map(Action::name).orElse(""),
                        bps(pair.forwardReturn() * BPS),
                        bps(pair.costBps()),
                        bps(pair.rulesReturn() * BPS),
                        bps(pair.modelReturn() * BPS)));
                out.write('\n');
            }
        }
    }

    private static String bps(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(value)
                        .setScale(DIGITS, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString()
                : "";
    }
}
