package io.github.hybridinference.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.eval.OwnerFindings.Figure;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerChecksTest {
    private static final int SIZE = 1_000;
    private static final List<Bar> BARS = Walks.random(5, SIZE);

    /** A figure computed over the closes of a whole series, beside the price; NaN where it is missing. */
    private static SeriesSnapshots over(Function<double[], double[]> figure) {
        return bars -> {
            double[] values = figure.apply(bars.stream().mapToDouble(Bar::close).toArray());
            List<MarketSnapshot> snapshots = new ArrayList<>();
            for (int i = 0; i < bars.size(); i++) {
                MarketSnapshot.Builder snapshot = MarketSnapshot.builder("MINE", Walks.HOURLY)
                        .time(bars.get(i).start().plus(Walks.HOURLY.duration()))
                        .price(bars.get(i).close());
                if (!Double.isNaN(values[i])) {
                    snapshot.feature("price_change_pct", values[i]);
                }
                snapshots.add(snapshot.build());
            }
            return snapshots;
        };
    }

    private static Figure figure(OwnerFindings findings, Feature feature) {
        return findings.figures().stream()
                .filter(one -> one.name().equals(feature.name()))
                .findFirst()
                .orElseThrow();
    }

    private static Figure checked(Function<double[], double[]> figure) {
        OwnerFindings findings = OwnerChecks.of(BARS, over(figure)).run();
        Figure price = figure(findings, Feature.PRICE);
        assertThat(price.looksAhead()).isFalse();
        assertThat(price.warmUpBars()).hasValue(0);
        assertThat(findings.bars()).isEqualTo(SIZE);
        return figure(findings, Feature.PRICE_CHANGE_PCT);
    }

    /** The move from the bar so many before, or, if negative, to the bar so many after; missing where there is none. */
    private static double[] moves(double[] closes, int back) {
        double[] moves = new double[closes.length];
        for (int i = 0; i < closes.length; i++) {
            int other = i - back;
            moves[i] = other < 0 || other >= closes.length ? Double.NaN : 100 * (closes[i] / closes[other] - 1);
        }
        return moves;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 25})
    void findsAPeekAtLaterBars(int bars) {
        Figure found = checked(closes -> moves(closes, -bars));

        assertThat(found.looksAhead()).isTrue();
        // the first cut is behind the bar with index 23, whose next one is missing there
        assertThat(found.firstLookAhead()).hasValue(Math.max(0, 24 - bars));
        assertThat(found.firstLookAheadTime())
                .hasValue(BARS.get(Math.max(0, 24 - bars)).start().plus(Walks.HOURLY.duration()));
    }

    /** The usual slip: a figure scaled by mean and deviation of the whole series. */
    @Test
    void findsAFigureScaledByTheWholeSeries() {
        Figure found = checked(closes -> {
            double mean = 0;
            for (double close : closes) {
                mean += close / closes.length;
            }
            double[] scaled = new double[closes.length];
            for (int i = 0; i < closes.length; i++) {
                scaled[i] = 100 * (closes[i] / mean - 1);
            }
            return scaled;
        });

        assertThat(found.firstLookAhead()).hasValue(0);
        assertThat(found.lookAhead()).isEqualTo(40);
    }

    @Test
    void aPastFigureIsClearAndSettlesAfterItsWindow() {
        Figure found = checked(closes -> moves(closes, 7));

        assertThat(found.looksAhead()).isFalse();
        assertThat(found.firstLookAhead()).isEmpty();
        assertThat(found.warmUpBars()).hasValue(7);
        assertThat(found.isSlow()).isFalse();
    }

    /** The engine trusts a snapshot from its hundredth bar on; a figure is there from the bar after its window on. */
    @ParameterizedTest
    @ValueSource(ints = {99, 100})
    void aFigureIsSlowIfItNeedsMoreBarsThanTheEngineAsksFor(int window) {
        Figure found = checked(closes -> moves(closes, window));

        assertThat(found.warmUpBars()).hasValue(window);
        assertThat(found.isSlow()).isEqualTo(window + 1 > MarketSnapshot.SETTLED_AFTER_BARS);
    }

    /** The lowest close so far: how long it takes to agree depends on when the next low is, from each start another one. */
    @Test
    void theWarmUpIsTheLongestOfAllStarts() {
        List<Bar> bars = IntStream.range(0, 400)
                .mapToObj(bar -> {
                    double close = bar == 30 ? 90 : bar == 150 ? 80 : bar == 210 ? 70 : 100;
                    return new Bar(
                            Instant.EPOCH.plus(Walks.HOURLY.duration().multipliedBy(bar)), 100, 101, close, close, 1);
                })
                .toList();
        OwnerFindings findings = OwnerChecks.of(bars, over(closes -> {
                    double[] lowest = closes.clone();
                    for (int i = 1; i < lowest.length; i++) {
                        lowest[i] = Math.min(lowest[i], lowest[i - 1]);
                    }
                    return Arrays.stream(lowest).map(low -> low / 10).toArray();
                }))
                .run();

        // begun at bar 40, it misses the low at 30 until that at 150; begun at bar 200, only until that at 210
        assertThat(figure(findings, Feature.PRICE_CHANGE_PCT).warmUpBars()).hasValue(110);
    }

    /** The first value of an EMA is the first close; its share shrinks by 1 − 2 / (n + 1) a bar. */
    @ParameterizedTest
    @ValueSource(ints = {10, 50})
    void measuresTheWarmUpOfARecursiveFigure(int period) {
        Figure found = checked(closes -> ema(closes, period));
        double keeps = 1 - 2.0 / (period + 1);
        // the walk moves by 0.6 % a bar, the start differs by some percent: 0.1 % of it are left after this many, about
        double about = Math.log(0.03) / Math.log(keeps);

        assertThat(found.looksAhead()).isFalse();
        assertThat(found.warmUpBars().orElseThrow()).isBetween((int) (about / 3), (int) (about * 3));
        assertThat(found.isSlow()).isEqualTo(found.warmUpBars().getAsInt() >= MarketSnapshot.SETTLED_AFTER_BARS);
    }

    private static double[] ema(double[] closes, int period) {
        double[] ema = new double[closes.length];
        for (int i = 0; i < closes.length; i++) {
            ema[i] = i == 0 ? closes[0] : ema[i - 1] + 2.0 / (period + 1) * (closes[i] - ema[i - 1]);
        }
        double[] shown = new double[closes.length];
        for (int i = 0; i < closes.length; i++) {
            shown[i] = 0.5 * ema[i]; // within the range of the feature
        }
        return shown;
    }

    @Test
    void aFinerToleranceTakesLonger() {
        SeriesSnapshots own = over(closes -> ema(closes, 20));
        int coarse = figure(OwnerChecks.of(BARS, own).tolerance(0.01).run(), Feature.PRICE_CHANGE_PCT)
                .warmUpBars()
                .orElseThrow();
        int fine = figure(OwnerChecks.of(BARS, own).tolerance(0.00001).run(), Feature.PRICE_CHANGE_PCT)
                .warmUpBars()
                .orElseThrow();
        assertThat(fine).isGreaterThan(coarse + 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerChecks.of(BARS, own).tolerance(0));
    }

    @Test
    void aSumFromTheFirstBarOnNeverSettles() {
        Figure found = checked(closes -> {
            double[] change = new double[closes.length];
            for (int i = 0; i < closes.length; i++) {
                change[i] = 100 * (closes[i] / closes[0] - 1);
            }
            return change;
        });

        assertThat(found.looksAhead()).isFalse();
        assertThat(found.warmUpBars()).isEmpty();
        assertThat(found.isSlow()).isTrue();
    }

    @Test
    void codeThatGivesOtherFiguresEachTimeIsNamed() {
        AtomicInteger calls = new AtomicInteger();
        OwnerFindings findings = OwnerChecks.of(BARS, over(closes -> {
                    double[] values = new double[closes.length];
                    values[10] = calls.incrementAndGet();
                    return values;
                }))
                .run();

        assertThat(findings.repeatable()).isFalse();
        assertThat(figure(findings, Feature.PRICE_CHANGE_PCT).repeatable()).isFalse();
        assertThat(figure(findings, Feature.PRICE).repeatable()).isTrue();
    }

    @Test
    void aSourceThatIsGivenThePastOnlyIsClear() {
        OwnerFindings findings = OwnerChecks.of(BARS, PlainSnapshots::new).run();

        assertThat(findings.lookingAhead()).isZero();
        assertThat(findings.repeatable()).isTrue();
        assertThat(findings.neverSettled()).isZero();
        assertThat(findings.slow()).isZero();
        assertThat(figure(findings, Feature.RSI_14).warmUpBars()).hasValue(20);
    }

    @Test
    void refusesWhatCannotBeChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> OwnerChecks.of(BARS.subList(0, 49), PlainSnapshots::new));
        List<Bar> disordered = new ArrayList<>(BARS);
        Collections.swap(disordered, 500, 501);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerChecks.of(disordered, PlainSnapshots::new))
                .withMessageContaining("after the one before");
        List<SeriesSnapshots> incomplete =
                List.of(bars -> List.of(), bars -> null, bars -> Collections.nCopies(bars.size(), null));
        for (SeriesSnapshots own : incomplete) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OwnerChecks.of(BARS, own).run())
                    .withMessageContaining("one snapshot for each bar");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerChecks.of(BARS, bars -> {
                            List<MarketSnapshot> reversed = new ArrayList<>(
                                    over(closes -> moves(closes, 1)).of(bars));
                            Collections.reverse(reversed);
                            return reversed;
                        })
                        .run())
                .withMessageContaining("close of its bar");
    }
}
