package io.github.hybridinference.examples.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import io.github.hybridinference.examples.run.BarPath;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.ta4j.SnapshotFactory;
import io.github.hybridinference.ta4j.Snapshots;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNum;

/** What the steps leave of a quiet market. */
class QuietMarketTest {
    private static final int WARM_UP = 250;
    private static final List<Feature> FIGURES = List.of(
            Feature.VOLATILITY_PCT, Feature.PRICE_CHANGE_PCT, Feature.of("macd_hist_pct"), Feature.of("bb_bandwidth"));

    @ParameterizedTest
    @CsvSource({"FX, 1h, 0.12", "INDEX, 5m, 0.06", "EQUITY, 15m, 0.2", "COMMODITY, 1h, 0.25"})
    void aMarketThatMovesLittleIsNotRoundedToNothing(AssetClass kind, String timeframe, double moves) {
        List<MarketSnapshot> snapshots = snapshots(
                scaled(SyntheticSeries.hourly(5, 3_000).bars(), moves),
                Timeframe.find(timeframe).orElseThrow(),
                kind,
                1);

        for (Feature figure : FIGURES) {
            assertThat(zeros(snapshots, figure)).as(figure.name()).isLessThanOrEqualTo(0.1);
        }
    }

    private static double zeros(List<MarketSnapshot> snapshots, Feature figure) {
        return sent(snapshots).stream().filter(sent -> sent.get(figure) == 0).count() / (double) snapshots.size();
    }

    private static List<AnonymizedSnapshot> sent(List<MarketSnapshot> snapshots) {
        return snapshots.stream().map(Anonymizer.standard()::anonymize).toList();
    }

    /** Snapshots at the close of each bar, or at so many points within it. */
    private static List<MarketSnapshot> snapshots(List<Bar> bars, Timeframe timeframe, AssetClass kind, int times) {
        BarSeries series = new BaseBarSeriesBuilder()
                .withName("X")
                .withNumTypeOf(DoubleNum.class)
                .withMaxBarCount(8)
                .build();
        SnapshotFactory factory = Snapshots.following(series);
        List<MarketSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < bars.size(); i++) {
            Instant end = Instant.EPOCH.plus(timeframe.duration().multipliedBy(i + 1));
            for (int part = 1; part <= times; part++) {
                Bar bar = BarPath.upTo(bars.get(i), part, times);
                series.addBar(
                        new BaseBar(
                                timeframe.duration(),
                                end.atZone(ZoneOffset.UTC),
                                bar.open(),
                                bar.high(),
                                bar.low(),
                                bar.close(),
                                bar.volume(),
                                0,
                                0,
                                DoubleNum::valueOf),
                        part > 1);
                snapshots.add(factory.builder().assetClass(kind).build());
            }
        }
        return snapshots.subList(WARM_UP * times, snapshots.size());
    }

    private static List<Bar> scaled(List<Bar> bars, double moves) {
        double first = bars.get(0).close();
        return bars.stream()
                .map(bar -> new Bar(
                        bar.start(),
                        100 * Math.pow(bar.open() / first, moves),
                        100 * Math.pow(bar.high() / first, moves),
                        100 * Math.pow(bar.low() / first, moves),
                        100 * Math.pow(bar.close() / first, moves),
                        bar.volume()))
                .toList();
    }
}
