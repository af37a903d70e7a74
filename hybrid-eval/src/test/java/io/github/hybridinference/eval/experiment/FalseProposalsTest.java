package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.eval.History;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches in markets whose mean return is zero but whose returns are skewed, as those of shares are: most days rise a little,
 * and some fall far. No prompt is better than another there, and one that always buys is right more often.
 */
class FalseProposalsTest {
    private static final int HORIZON = 4;
    private static final Instant MONDAY = Instant.parse("2001-01-01T00:00:00Z");

    /** The file of daily bars for the long version; its closes are taken. */
    private static final String BARS = "experiment.bars";

    /** Skew −0.5 and excess kurtosis 3, about. */
    private static double[] skewed(SplittableRandom random, int days) {
        double[] returns = new double[days];
        for (int i = 0; i < days; i++) {
            returns[i] = random.nextDouble() < 0.85
                    ? 0.0015 + 0.008 * random.nextGaussian()
                    : -0.0085 + 0.022 * random.nextGaussian();
        }
        return returns;
    }

    /** Quarters of the real series, drawn with replacement, so that quiet and violent times stay together. */
    private static double[] drawn(SplittableRandom random, double[] centred, int days) {
        double[] returns = new double[days];
        int from = 0;
        for (int i = 0; i < days; i++) {
            from = i % 60 == 0 ? random.nextInt(centred.length) : from + 1;
            returns[i] = centred[from % centred.length];
        }
        return returns;
    }

    private static Exam exam(double[] returns, SplittableRandom random) {
        List<Bar> bars = new ArrayList<>();
        List<JournalEntry> entries = new ArrayList<>();
        double open = 100;
        for (int i = 0; i < returns.length; i++) {
            Instant start = MONDAY.plus(Duration.ofDays(i / 5 * 7 + i % 5));
            bars.add(new Bar(start, open, 2 * open, open / 2, open, 1));
            if (random.nextDouble() < 0.7) {
                entries.add(Exams.at(start.plus(Duration.ofDays(1)), i));
            }
            open *= 1 + returns[i];
        }
        History history = History.of(
                bars,
                Timeframe.D1,
                past -> MarketSnapshot.builder("X", Timeframe.D1)
                        .time(past.get(past.size() - 1).start().plus(Duration.ofDays(1)))
                        .build());
        return Exam.of(Recording.of(entries), Outcomes.of(history, HORIZON), 0);
    }

    /** The share of proposals among the searches in which a prompt that always buys reached the holdout. */
    private static double proposals(Path folder, int looks, Function<SplittableRandom, double[]> market)
            throws IOException {
        int proposed = 0;
        int looked = 0;
        for (int run = 0; looked < looks; run++) {
            SplittableRandom random = new SplittableRandom(run);
            SearchReport report = PromptSearch.on(exam(market.apply(random), random))
                    .baseline(new PromptVariant("in use", "HOLD"))
                    .variants(List.of(new PromptVariant("buyer", "BUY")))
                    .asking(variant -> Exams.answering(variant.name(), snapshot -> variant.text()))
                    .run(folder.resolve("ledger " + run), 200, Budget.unlimited());
            looked += report.holdout().isPresent() ? 1 : 0;
            proposed += report.proposal().isPresent() ? 1 : 0;
        }
        return (double) proposed / looked;
    }

    @Test
    void proposesNothingInACentredMarketThatMostlyRises(@TempDir Path folder) throws IOException {
        // a test of symmetry instead of the mean proposes in 13 %
        assertThat(proposals(folder, 150, random -> skewed(random, 4_000))).isLessThanOrEqualTo(0.07);
    }

    /** {@code mvn test -Plong -pl hybrid-eval -am -Dtest=FalseProposalsTest -Dexperiment.bars=spx-1d.csv}. */
    @Test
    @Tag("long")
    void proposesNothingOnARealSeriesLessItsMean(@TempDir Path folder) throws IOException {
        String file = System.getProperty(BARS, "");
        assumeTrue(!file.isEmpty(), "needs daily bars");
        double[] closes = Files.readAllLines(Path.of(file)).stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[4]))
                .toArray();
        double[] centred = new double[closes.length - 1];
        for (int i = 0; i < centred.length; i++) {
            centred[i] = closes[i + 1] / closes[i] - 1;
        }
        double mean = Arrays.stream(centred).average().orElseThrow();
        Arrays.setAll(centred, i -> centred[i] - mean);
        for (int days : new int[] {500, 1_000, 2_000, 5_000}) {
            Path ledgers = Files.createDirectory(folder.resolve("of " + days));
            double share = proposals(ledgers, 1_000, random -> drawn(random, centred, days));
            System.out.println(
                    "always BUY on " + days + " days with no mean: proposed in " + share + " of 1,000 searches");
            assertThat(share).isLessThanOrEqualTo(0.045); // 3.5 %, and two standard errors
        }
    }
}
