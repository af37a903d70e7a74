package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bits that a question can carry to a receiver who shares a code with the caller, as docs/privacy.md states them. */
class OutboundBitsTest {
    /** What the quick start sends. */
    private static final List<String> QUICK_START = List.of(
            "price_change_pct",
            "macd_pct",
            "macd_hist_pct",
            "adx_14",
            "rsi_14",
            "stoch_k",
            "stoch_d",
            "volatility_pct",
            "bb_percent_b",
            "bb_bandwidth",
            "volume_ratio");

    @Test
    void areAsManyAsThePageSays() throws IOException {
        double words = log2(Timeframe.values().length * AssetClass.values().length * Session.values().length);
        double most = words + mostBits();
        double usual = words
                + QUICK_START.stream()
                        .mapToDouble(name -> log2(levels(Feature.of(name).family())))
                        .sum();
        String sentence = "at most %d bits; the eleven figures of the quick start, with their names given, at most %d"
                .formatted((int) Math.ceil(most), (int) Math.ceil(usual));
        System.out.println(sentence);
        assertThat(Files.readString(Path.of("..", "docs", "privacy.md")).replaceAll("\\s+", " "))
                .contains(sentence);
    }

    /** No more than choices of up to 64 of all pairs of a name and a level, in no order: (n + 1)^64 / 64!. */
    private static double mostBits() {
        double pairs = 0;
        for (FeatureFamily family : Feature.catalogue()) {
            if (family.mayLeave()) {
                FamilySpec spec = family.spec();
                int periods = spec.period() == 0 ? 1 : spec.maxPeriod() - spec.minPeriod() + 1;
                pairs += levels(family) * periods * (Timeframe.values().length + 1);
            }
        }
        double bits = MarketSnapshot.MAX_FIGURES * log2(pairs + 1);
        for (int i = 2; i <= MarketSnapshot.MAX_FIGURES; i++) {
            bits -= log2(i);
        }
        return bits;
    }

    /** In the market in which there are the most. */
    private static double levels(FeatureFamily family) {
        double most = 0;
        for (int market = 0; market < MarketSteps.COUNT; market++) {
            Grid grid = family.grid(Resolution.COARSE, market);
            int lowest = grid.levelOf(family.low());
            int highest = grid.levelOf(family.high());
            int count = 1;
            int level = lowest;
            while (level < highest) {
                int next = grid.levelOf(grid.valueOf(level) + grid.step());
                for (int more = 2; next == level; more++) {
                    next = grid.levelOf(grid.valueOf(level) + more * grid.step());
                }
                level = next;
                count++;
            }
            most = Math.max(most, count);
        }
        return most;
    }

    private static double log2(double count) {
        return Math.log(count) / Math.log(2);
    }
}
