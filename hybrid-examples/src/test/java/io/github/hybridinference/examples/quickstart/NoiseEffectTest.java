package io.github.hybridinference.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.BarFileOptions;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.examples.indicators.BarSnapshots;
import io.github.hybridinference.examples.run.Series;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/**
 * How much noise changes what the figures say, told by what the rules make of what leaves.
 *
 * <p>{@code -Dbars=FILE} measures on bars of your own and prints the shares.
 */
class NoiseEffectTest {
    private static final double[] AMPLITUDES = {0, 1, 2, 5, 10};
    private static final int WARM_UP = 250;

    @Test
    void rulesAgreeLessTheMoreNoiseThereIs() throws Exception {
        double[] shares = shares(snapshots());
        String file = System.getProperty("bars");
        if (file != null) {
            for (int i = 0; i < AMPLITUDES.length; i++) {
                System.out.printf("amplitude %4.0f: rules agree on %.1f %%%n", AMPLITUDES[i], shares[i] * 100);
            }
        }
        assertThat(shares[0]).isEqualTo(1);
        assertThat(shares[1]).isBetween(0.9, 0.9999);
        for (int i = 1; i < shares.length; i++) {
            assertThat(shares[i]).isLessThan(shares[i - 1]);
        }
    }

    /** For each amplitude, the share of bars on which the rules advise the same with noise as without. */
    private static double[] shares(List<MarketSnapshot> snapshots) {
        List<Action> plain = actions(Anonymizer.standard(), snapshots);
        return DoubleStream.of(AMPLITUDES)
                .map(most -> agreement(
                        plain, actions(Anonymizer.withNoise(Noise.seeded(7).amplitude(most)), snapshots)))
                .toArray();
    }

    private static double agreement(List<Action> one, List<Action> other) {
        int same = 0;
        for (int i = 0; i < one.size(); i++) {
            same += one.get(i) == other.get(i) ? 1 : 0;
        }
        return (double) same / one.size();
    }

    private static List<Action> actions(Anonymizer anonymizer, List<MarketSnapshot> snapshots) {
        LocalRuleModel rules = LocalRuleModel.standard();
        return snapshots.stream()
                .map(snapshot ->
                        rules.evaluate(asRead(anonymizer.anonymize(snapshot))).action())
                .toList();
    }

    /** The market as the figures that left describe it, with the middle of the bands at 100. */
    private static MarketSnapshot asRead(AnonymizedSnapshot told) {
        double width = told.get(Feature.of("bb_bandwidth"));
        double price = 100 + (told.get(Feature.of("bb_percent_b")) - 0.5) * width;
        return MarketSnapshot.builder("READ", told.timeframe())
                .price(price)
                .bollinger(100 - width / 2, 100, 100 + width / 2)
                .macd(told.get(Feature.of("macd_hist_pct")) * price / 100, 0)
                .rsi(told.get(Feature.RSI_14))
                .volumeRatio(told.get(Feature.VOLUME_RATIO))
                .feature(Feature.PRICE_CHANGE_PCT, told.get(Feature.PRICE_CHANGE_PCT))
                .build();
    }

    private static List<MarketSnapshot> snapshots() throws CommandException {
        String file = System.getProperty("bars");
        List<Bar> bars = file == null
                ? SyntheticSeries.hourly(3, 3_000).bars()
                : Series.read(Path.of(file), "BTC-USD", Timeframe.H1, BarFileOptions.NONE, false)
                        .bars();
        BarSnapshots source = new BarSnapshots("BTC-USD", Timeframe.H1);
        List<MarketSnapshot> snapshots = new ArrayList<>();
        for (Bar bar : bars) {
            snapshots.add(source.next(bar));
        }
        return snapshots.subList(WARM_UP, snapshots.size());
    }
}
