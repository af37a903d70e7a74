package io.github.hybridinference.eval;

import io.github.hybridinference.model.Provenance;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set-up that was looked at on some bars, and the moments of its returns: the returns of the bars of a portfolio that follows
 * all signals, after the netted cost. It holds no price and no symbol. Immutable and thread-safe.
 *
 * @param bars the digest of the bars: set-ups compete only on the same ones
 * @param settings what was set, by name
 * @param signals the digest of the signals, by which two runs of the same settings are told apart
 * @param returns the number of returns
 * @param sharpe mean by standard deviation of the returns of bars, not annualised; 0 for a portfolio that never moved
 * @param skewness of the returns; 0 for a portfolio that never moved
 * @param kurtosis of the returns, 3 for a normal distribution
 * @param blocks the sums of {@value #BLOCKS} consecutive stretches of equal length
 * @since 0.1.0
 */
public record Trial(
        String bars,
        SortedMap<String, String> settings,
        String signals,
        int returns,
        double sharpe,
        double skewness,
        double kurtosis,
        List<Block> blocks) {
    /** Into how many stretches the returns are cut: 12,870 ways to take half of them. */
    public static final int BLOCKS = 16;

    private static final double NEVER_MOVED = 1e-18;
    private static final double NORMAL_KURTOSIS = 3;

    /**
     * The sums of a stretch of returns.
     *
     * @param count how many returns
     * @param sum their sum
     * @param squares the sum of their squares
     */
    public record Block(int count, double sum, double squares) {
        /**
         * Checks the figures.
         *
         * @param count how many returns
         * @param sum their sum
         * @param squares the sum of their squares
         * @throws IllegalArgumentException if count or squares are negative, or a sum is not finite
         */
        public Block {
            if (count < 0 || !Double.isFinite(sum) || !Double.isFinite(squares) || squares < 0) {
                throw new IllegalArgumentException("a stretch of returns has a count and finite sums");
            }
        }
    }

    /**
     * Copies the collections.
     *
     * @param bars the digest of the bars
     * @param settings what was set
     * @param signals the digest of the signals
     * @param returns the number of returns
     * @param sharpe of a bar
     * @param skewness of the returns
     * @param kurtosis of the returns
     * @param blocks the sums of the stretches
     * @throws IllegalArgumentException if the figures are not finite or the number of blocks is another
     */
    public Trial {
        Objects.requireNonNull(bars, "bars");
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        Objects.requireNonNull(signals, "signals");
        blocks = List.copyOf(blocks);
        if (!Double.isFinite(sharpe) || !Double.isFinite(skewness) || !Double.isFinite(kurtosis)) {
            throw new IllegalArgumentException("a figure of a trial is not finite");
        }
        if (blocks.size() != BLOCKS || blocks.stream().mapToInt(Block::count).sum() != returns) {
            throw new IllegalArgumentException("the blocks of a trial do not make up its returns");
        }
    }

    /**
     * Describes a run.
     *
     * @param result the run
     * @param settings what was set, such as the model and the thresholds; horizon, cost and the version of the prompt are added
     * @return the trial
     */
    public static Trial of(EvaluationResult result, Map<String, String> settings) {
        SortedMap<String, String> all = new TreeMap<>(settings);
        all.put("horizon_bars", Integer.toString(result.horizonBars()));
        all.put("cost_bps", Double.toString(result.costBps()));
        result.decisions().stream()
                .map(decided -> decided.answer().provenance())
                .flatMap(Optional::stream)
                .map(Provenance::promptVersion)
                .findFirst()
                .ifPresent(version -> all.put("prompt", version));
        return of(digest(result.history()), all, result.digest(), result.returns());
    }

    static Trial of(String bars, SortedMap<String, String> settings, String signals, double[] returns) {
        Block whole = block(returns, 0, returns.length);
        double mean = whole.sum() / returns.length;
        double variance = 0;
        double third = 0;
        double fourth = 0;
        for (double value : returns) {
            double from = value - mean;
            variance += from * from / returns.length;
            third += from * from * from / returns.length;
            fourth += from * from * from * from / returns.length;
        }
        boolean moved = variance > NEVER_MOVED;
        List<Block> blocks = new ArrayList<>(BLOCKS);
        for (int i = 0; i < BLOCKS; i++) {
            blocks.add(block(returns, (int) ((long) returns.length * i / BLOCKS), (int)
                    ((long) returns.length * (i + 1) / BLOCKS)));
        }
        return new Trial(
                bars,
                settings,
                signals,
                returns.length,
                moved ? mean / Math.sqrt(variance) : 0,
                moved ? third / Math.pow(variance, 1.5) : 0,
                moved ? fourth / (variance * variance) : NORMAL_KURTOSIS,
                blocks);
    }

    private static Block block(double[] returns, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            sum += returns[i];
            squares += returns[i] * returns[i];
        }
        return new Block(to - from, sum, squares);
    }

    private static String digest(History history) {
        MessageDigest digest = SignalDigest.sha256();
        ByteBuffer row = ByteBuffer.allocate(Long.BYTES + 4 * Double.BYTES);
        for (Bar bar : history.bars()) {
            row.clear();
            row.putLong(bar.start().toEpochMilli())
                    .putDouble(bar.open())
                    .putDouble(bar.high())
                    .putDouble(bar.low())
                    .putDouble(bar.close());
            digest.update(row.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
