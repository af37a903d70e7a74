package io.github.hybridinference.eval;

import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Checks your own indicators for the two faults that a back-test does not show.
 *
 * <ul>
 *   <li><b>Look-ahead</b>: the series is cut at some bars and the snapshots made anew. A figure that differs, at any bar up to the
 *       cut, from what the whole series gives there depends on later bars.
 *   <li><b>Warm-up</b>: the snapshots are made anew from later bars on. After how many bars does a figure agree with what the longer
 *       past gives? A live service that starts with fewer decides on other figures than the back-test.
 * </ul>
 *
 * <pre>{@code
 * OwnerFindings findings = OwnerChecks.of(bars, MyIndicators::snapshots).run();
 * findings.figures().forEach(System.out::println);
 * }</pre>
 *
 * <p>Code that does not get its bars from its argument, but from a file for instance, cannot be checked. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class OwnerChecks {
    private static final int FEWEST_BARS = 50;
    private static final int CUTS = 40;
    private static final int STARTS = 10;
    private static final double TOLERANCE = 0.001;

    /** Sums of the same numbers in another order may differ by this share. */
    private static final double ROUNDING = 1e-9;

    /** Of what is left after a start; a figure that agrees only later has not settled. */
    private static final double LATEST = 0.8;

    private final List<Bar> bars;
    private final SeriesSnapshots snapshots;
    private final SetOnce set = new SetOnce();
    private double tolerance = TOLERANCE;

    private OwnerChecks(List<Bar> bars, SeriesSnapshots snapshots) {
        if (bars.size() < FEWEST_BARS) {
            throw new IllegalArgumentException("the checks need at least " + FEWEST_BARS + " bars");
        }
        this.bars = List.copyOf(bars);
        for (int i = 1; i < this.bars.size(); i++) {
            if (!this.bars.get(i).start().isAfter(this.bars.get(i - 1).start())) {
                throw new IllegalArgumentException("each bar must start after the one before");
            }
        }
        this.snapshots = Objects.requireNonNull(snapshots, "snapshots");
    }

    /**
     * Checks code that makes the snapshots of a whole series at once.
     *
     * @param bars each later than the one before, at least 50; a few thousand show more
     * @param snapshots makes the snapshots
     * @return the checks, yet to be run
     * @throws IllegalArgumentException if the bars are too few or out of order
     */
    public static OwnerChecks of(List<Bar> bars, SeriesSnapshots snapshots) {
        return new OwnerChecks(bars, snapshots);
    }

    /**
     * Checks code that makes one snapshot after the other.
     *
     * @param bars each later than the one before, at least 50; a few thousand show more
     * @param sources makes a source that has seen no bar yet
     * @return the checks, yet to be run
     * @throws IllegalArgumentException if the bars are too few or out of order
     */
    public static OwnerChecks of(List<Bar> bars, Supplier<? extends SnapshotSource> sources) {
        Objects.requireNonNull(sources, "sources");
        return new OwnerChecks(bars, some -> {
            SnapshotSource source = sources.get();
            List<MarketSnapshot> made = new ArrayList<>(some.size());
            for (int bar = 0; bar < some.size(); bar++) {
                made.add(source.at(new PastBars(some, bar + 1)));
            }
            return made;
        });
    }

    /**
     * Sets how far a figure may be from that of the longer past to agree with it; the default is 0.001.
     *
     * @param share of the figure's mean absolute value, positive
     * @return these checks
     * @throws IllegalStateException if it was already set
     */
    public OwnerChecks tolerance(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("tolerance must be in (0, 1)");
        }
        set.mark("tolerance");
        tolerance = share;
        return this;
    }

    /**
     * Runs the checks.
     *
     * @return what was found
     * @throws IllegalArgumentException if the code does not make one snapshot a bar, at its close
     */
    public OwnerFindings run() {
        int size = bars.size();
        Figures whole = figures(0, size);
        Figures again = figures(0, size);
        int[] cuts = IntStream.rangeClosed(1, CUTS)
                .map(i -> (int) ((long) (size - 1) * i / CUTS))
                .filter(cut -> cut > 0)
                .distinct()
                .toArray();
        int[] starts = IntStream.rangeClosed(1, STARTS)
                .map(i -> (int) ((long) size * i / (2 * STARTS)))
                .distinct()
                .toArray();
        List<Figures> cut = Arrays.stream(cuts).mapToObj(end -> figures(0, end)).toList();
        List<Figures> late =
                Arrays.stream(starts).mapToObj(from -> figures(from, size)).toList();
        Set<String> names = new LinkedHashSet<>(whole.byName.keySet());
        cut.forEach(some -> names.addAll(some.byName.keySet()));
        late.forEach(some -> names.addAll(some.byName.keySet()));
        List<OwnerFindings.Figure> found = names.stream()
                .sorted()
                .map(name -> figure(name, whole, again, cut, late, starts))
                .toList();
        return new OwnerFindings(size, cuts.length, starts.length, tolerance, found);
    }

    private OwnerFindings.Figure figure(
            String name, Figures whole, Figures again, List<Figures> cut, List<Figures> late, int[] starts) {
        double[] values = whole.of(name);
        double scale = Arrays.stream(values)
                .filter(Double::isFinite)
                .map(Math::abs)
                .average()
                .orElse(0);
        boolean repeatable = first(values, again.of(name), ROUNDING * scale) < 0;
        int differing = 0;
        int earliest = Integer.MAX_VALUE;
        for (Figures some : cut) {
            int bar = first(values, some.of(name), ROUNDING * scale);
            if (bar >= 0) {
                differing++;
                earliest = Math.min(earliest, bar);
            }
        }
        OptionalInt warmUp = OptionalInt.of(0);
        for (int i = 0; i < starts.length && warmUp.isPresent(); i++) {
            OptionalInt own = settledAfter(values, late.get(i).of(name), starts[i], tolerance * scale);
            warmUp = own.isPresent() ? OptionalInt.of(Math.max(warmUp.getAsInt(), own.getAsInt())) : own;
        }
        return new OwnerFindings.Figure(
                name,
                repeatable,
                differing,
                differing > 0 ? OptionalInt.of(earliest) : OptionalInt.empty(),
                differing > 0 ? Optional.of(whole.times.get(earliest)) : Optional.empty(),
                warmUp);
    }

    /** The first bar at which two differ, as far as the shorter reaches; -1 if none does. */
    private static int first(double[] values, double[] others, double within) {
        for (int bar = 0; bar < Math.min(values.length, others.length); bar++) {
            if (!agree(values[bar], others[bar], within)) {
                return bar;
            }
        }
        return -1;
    }

    /** After how many bars from a start those from there on agree with those of the whole; empty if they do not in time. */
    private static OptionalInt settledAfter(double[] whole, double[] late, int start, double within) {
        int last = late.length - 1;
        while (last >= 0 && agree(whole[start + last], late[last], within)) {
            last--;
        }
        return last < LATEST * late.length ? OptionalInt.of(last + 1) : OptionalInt.empty();
    }

    /** What is missing agrees with what is missing. */
    private static boolean agree(double one, double other, double within) {
        if (Double.isNaN(one) || Double.isNaN(other)) {
            return Double.isNaN(one) && Double.isNaN(other);
        }
        return one == other || Math.abs(one - other) <= within;
    }

    private Figures figures(int from, int to) {
        List<Bar> some = bars.subList(from, to);
        List<MarketSnapshot> made = snapshots.of(some);
        if (made == null || made.size() != some.size() || made.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("there must be one snapshot for each bar");
        }
        return new Figures(some, made);
    }

    /** By name, one value a bar; NaN where it is missing. */
    private static final class Figures {
        private final SortedMap<String, double[]> byName = new TreeMap<>();
        private final List<Instant> times;
        private final int size;

        Figures(List<Bar> bars, List<MarketSnapshot> made) {
            size = made.size();
            times = made.stream().map(MarketSnapshot::time).toList();
            for (int bar = 0; bar < size; bar++) {
                MarketSnapshot snapshot = made.get(bar);
                int at = bar;
                if (!snapshot.time()
                        .equals(bars.get(bar).start().plus(snapshot.timeframe().duration()))) {
                    throw new IllegalArgumentException("the time of a snapshot must be the close of its bar");
                }
                snapshot.forEach(
                        (feature, value) -> byName.computeIfAbsent(feature.name(), unused -> missing())[at] = value);
            }
        }

        private double[] missing() {
            double[] values = new double[size];
            Arrays.fill(values, Double.NaN);
            return values;
        }

        double[] of(String name) {
            return byName.getOrDefault(name, missing());
        }
    }
}
