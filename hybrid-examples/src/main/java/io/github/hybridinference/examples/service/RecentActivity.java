package io.github.hybridinference.examples.service;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceListener;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.local.VotingRules;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.InferenceRecord;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard shows of the recent past, in bounded memory: the last decisions of each source, requests over time in
 * three windows, latencies of the last five minutes, symbols, events and the last incident.
 */
final class RecentActivity implements InferenceListener {
    /** How many decisions are kept of each source, so that frequent local answers do not push out the rare fallbacks. */
    static final int DECISIONS = 50;

    /** What counts as now, in the shares and percentiles: the five minutes of the health component {@code answers}. */
    private static final Duration NOW = Duration.ofMinutes(5);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int SYMBOLS = 100;
    private static final int EVENTS = 50;

    /**
     * One decision for the page.
     *
     * @param at the time, in milliseconds since 1970-01-01T00:00Z
     * @param symbol the instrument; shown on the page and never sent elsewhere
     * @param timeframe the code of the timeframe
     * @param answer the answer
     */
    record Decision(long at, String symbol, String timeframe, InferenceRecord answer) {}

    /**
     * A decision with what it was made from.
     *
     * @param figures the figures of the request, by name
     * @param rules what the rules said of it
     * @param stages where the time went
     */
    record Detail(Decision decision, Map<String, Double> figures, Rules rules, List<DecisionTimes.Stage> stages) {}

    /**
     * The verdict of the rules.
     *
     * @param score the balance of the votes, from -1 for sell to 1 for buy
     * @param votes what each rule said
     */
    record Rules(String action, double confidence, double score, String reasoning, List<Vote> votes) {}

    /**
     * The vote of one rule.
     *
     * @param vote from -1 for sell to 1 for buy, null if a figure is missing
     * @param sentence why, empty without an opinion
     */
    record Vote(String rule, double weight, @Nullable Double vote, String sentence) {}

    /**
     * The last five minutes.
     *
     * @param requests all requests
     * @param complex those that the rules do not suffice for
     * @param fallbacks those of the complex ones that the rules answered nevertheless
     * @param p99Ms how long 99 % of the callers waited at most, or null without a request
     * @param latency the number of answers by latency
     */
    record Now(
            long requests,
            long complex,
            long fallbacks,
            @Nullable Double p99Ms,
            List<Latencies.Bar> latency) {}

    /**
     * A run of fallbacks without a gap of five minutes.
     *
     * @param since its first fallback
     * @param last its last one
     * @param fallbacks how many there were
     * @param cause the most frequent cause; BREAKER_OPEN only if there is no other
     * @param sentence that cause in words
     * @param cure what to do about it
     */
    record Incident(long since, long last, long fallbacks, Degradation cause, String sentence, String cure) {}

    /**
     * Something that happened once.
     *
     * @param kind {@code breaker}, {@code switch} or {@code budget}
     */
    record Event(long at, String kind, String text) {}

    /**
     * One instrument.
     *
     * @param requests its requests by source in lower case
     * @param compared answers of the model, cached or not
     * @param disagreed those of them whose action was not that of the rules
     * @param last its last decision
     */
    record Symbol(String symbol, Map<String, Long> requests, long compared, long disagreed, Decision last) {}

    private record Kept(long at, MarketSnapshot snapshot, Inference answer, List<DecisionTimes.Stage> stages) {
        Decision decision() {
            return new Decision(at, snapshot.symbol(), snapshot.timeframe().code(), answer.toRecord());
        }
    }

    private static final class SymbolCounts {
        final Map<Source, Long> requests = new EnumMap<>(Source.class);
        long compared;
        long disagreed;

        @Nullable Kept last;
    }

    private final Clock clock;
    private final AttemptTimes attempts;
    private final VotingRules rules;
    private final long start;
    private final Map<Source, Deque<Kept>> decisions = new EnumMap<>(Source.class);
    private final List<ActivityWindow> windows = List.of(
            new ActivityWindow("15m", Duration.ofSeconds(5), 180),
            new ActivityWindow("1h", Duration.ofSeconds(30), 120),
            new ActivityWindow("24h", Duration.ofMinutes(10), 144));
    private final Latencies latencies = new Latencies(NOW);
    private final Map<Degradation, Long> incidentCauses = new EnumMap<>(Degradation.class);
    private long incidentSince;
    private long incidentLast = Long.MIN_VALUE;
    private final Deque<Event> events = new ArrayDeque<>(EVENTS);
    private final Map<String, SymbolCounts> symbols = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SymbolCounts> eldest) {
            return size() > SYMBOLS;
        }
    };

    /**
     * Creates it, without any activity.
     *
     * @param attempts when the model was asked
     * @param rules those of the engine
     */
    RecentActivity(Clock clock, AttemptTimes attempts, VotingRules rules) {
        this.clock = clock;
        this.attempts = attempts;
        this.rules = rules;
        this.start = clock.millis();
    }

    @Override
    public synchronized void onAnswer(MarketSnapshot snapshot, Inference answer) {
        long now = clock.millis();
        Kept kept = new Kept(now, snapshot, answer, stages(answer));
        Deque<Kept> ofSource = decisions.computeIfAbsent(answer.source(), any -> new ArrayDeque<>(DECISIONS));
        if (ofSource.size() == DECISIONS) {
            ofSource.removeLast();
        }
        ofSource.addFirst(kept);
        boolean complex = answer.scenario().isComplex();
        windows.forEach(window -> window.answered(now, answer.source(), complex));
        latencies.add(now, answer.source(), answer.latencyNanos());
        count(kept);
        answer.degradation().ifPresent(cause -> incident(now, cause));
    }

    /** Where the time went; of an answer by rules or cache alone it is too short to be split. */
    private List<DecisionTimes.Stage> stages(Inference answer) {
        if (answer.source() == Source.LOCAL || answer.source() == Source.CACHE) {
            return List.of();
        }
        return DecisionTimes.of(attempts.nanos(), answer.latencyNanos(), attempts.take(answer.decisionId()));
    }

    private void count(Kept kept) {
        Inference answer = kept.answer();
        SymbolCounts counts = symbols.computeIfAbsent(kept.snapshot().symbol(), any -> new SymbolCounts());
        counts.requests.merge(answer.source(), 1L, Long::sum);
        counts.last = kept;
        if ((answer.source() == Source.REMOTE || answer.source() == Source.CACHE)
                && answer.rules().hasData()) {
            counts.compared++;
            if (answer.signal().action() != answer.rules().action()) {
                counts.disagreed++;
            }
        }
    }

    private void incident(long now, Degradation cause) {
        if (incidentLast == Long.MIN_VALUE || now - incidentLast > NOW.toMillis()) {
            incidentSince = now;
            incidentCauses.clear();
        }
        incidentLast = now;
        incidentCauses.merge(cause, 1L, Long::sum);
    }

    @Override
    public synchronized void onRemoteCall(RemoteCall call) {
        long nanoUsd = call.usage().costNanoUsd().orElse(0) + call.unseenCostNanoUsd();
        long now = clock.millis();
        windows.forEach(window -> window.spent(now, nanoUsd));
    }

    @Override
    public void onBreakerChange(EngineHealth.Component breaker) {
        boolean closed = breaker.status() == EngineHealth.Status.HEALTHY;
        event("breaker", "model " + breaker.name() + (closed ? " is asked again" : ": " + breaker.detail()));
    }

    @Override
    public void onRemoteSwitch(boolean on, String reason, Instant at) {
        event("switch", on ? "the model is no longer paused" : "the model was paused: " + reason);
    }

    @Override
    public void onBudget(int usedPct, BudgetState state) {
        event("budget", usedPct + " % of the budget is used");
    }

    private synchronized void event(String kind, String text) {
        if (events.size() == EVENTS) {
            events.removeLast();
        }
        events.addFirst(new Event(clock.millis(), kind, text));
    }

    long time() {
        return clock.millis();
    }

    /** The last decisions of each source, newest first. */
    synchronized List<Decision> decisions() {
        return decisions.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparingLong(Kept::at).reversed())
                .map(Kept::decision)
                .toList();
    }

    synchronized Optional<Detail> detail(String decisionId) {
        return decisions.values().stream()
                .flatMap(Deque::stream)
                .filter(kept -> kept.answer().decisionId().equals(decisionId))
                .findFirst()
                .map(this::detail);
    }

    private Detail detail(Kept kept) {
        Map<String, Double> figures = new LinkedHashMap<>();
        kept.snapshot().forEach((feature, value) -> figures.put(feature.name(), value));
        RuleVerdict verdict = kept.answer().rules();
        List<Vote> votes = rules.votes(kept.snapshot()).stream()
                .map(given -> new Vote(
                        given.rule(),
                        given.weight(),
                        Double.isNaN(given.vote()) ? null : given.vote(),
                        given.sentence()))
                .toList();
        return new Detail(
                kept.decision(),
                figures,
                new Rules(
                        verdict.action().name(),
                        verdict.confidence(),
                        verdict.score(),
                        verdict.signal().reasoning(),
                        votes),
                kept.stages());
    }

    synchronized List<ActivityWindow.View> windows() {
        long now = clock.millis();
        return windows.stream().map(window -> window.view(now)).toList();
    }

    synchronized Now now() {
        long now = clock.millis();
        ActivityWindow.Totals totals = windows.get(0).totals(now, NOW);
        return new Now(
                totals.requests(), totals.complex(), totals.fallbacks(), latencies.p99Ms(now), latencies.bars(now));
    }

    synchronized Optional<Incident> incident() {
        // an open breaker is a consequence: the cause is what opened it
        Comparator<Map.Entry<Degradation, Long>> isCause =
                Comparator.comparing(entry -> entry.getKey() != Degradation.BREAKER_OPEN);
        return incidentCauses.entrySet().stream()
                .max(isCause.thenComparing(Map.Entry.comparingByValue()))
                .map(leading -> {
                    long fallbacks = incidentCauses.values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
                    Degradation cause = leading.getKey();
                    return new Incident(incidentSince, incidentLast, fallbacks, cause, cause.cause(), cause.cure());
                });
    }

    /**
     * When the budget is used up at the rate of the last hour, in milliseconds since 1970-01-01T00:00Z; empty without a cap or
     * spending, and in the first minute, which is too short for a rate.
     */
    synchronized Optional<Long> runsOutAt(BudgetState budget) {
        long now = clock.millis();
        long millis = Math.min(now - start, HOUR.toMillis());
        long spent = windows.get(1).totals(now, HOUR).nanoUsd();
        if (budget.capNanoUsd().isEmpty()
                || spent == 0
                || millis < Duration.ofMinutes(1).toMillis()) {
            return Optional.empty();
        }
        long left = budget.capNanoUsd().getAsLong() - budget.spentNanoUsd() - budget.reservedNanoUsd();
        return Optional.of(now + (long) (Math.max(0, left) / ((double) spent / millis)));
    }

    /**
     * What had been spent of the budget over the UTC day, or since the start where that is later. Of a budget that several
     * services share, the others' part stands at the beginning.
     *
     * @return points of a curve, oldest first: milliseconds since 1970-01-01T00:00Z, US dollars
     */
    synchronized List<double[]> spentToday(BudgetState budget) {
        long now = clock.millis();
        long midnight = now - Math.floorMod(now, DAY.toMillis());
        ActivityWindow day = windows.get(2);
        List<long[]> steps = day.spentSince(midnight, now);
        long own = steps.stream().mapToLong(step -> step[1]).sum();
        long spent = Math.max(0, budget.spentNanoUsd() - own);
        List<double[]> curve = new ArrayList<>();
        curve.add(new double[] {Math.max(midnight, start), Money.usd(spent)});
        for (long[] step : steps) {
            spent += step[1];
            curve.add(new double[] {step[0], Money.usd(Math.min(spent, budget.spentNanoUsd()))});
        }
        curve.add(new double[] {now, Money.usd(budget.spentNanoUsd())});
        return curve;
    }

    /** What the last hour cost, in US dollars. */
    synchronized double lastHourUsd() {
        return Money.usd(windows.get(1).totals(clock.millis(), HOUR).nanoUsd());
    }

    synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** The instruments asked for last, most requests first. */
    synchronized List<Symbol> symbols() {
        List<Symbol> views = new ArrayList<>(symbols.size());
        symbols.forEach((symbol, counts) -> {
            if (counts.last != null) {
                Map<String, Long> requests = new LinkedHashMap<>();
                counts.requests.forEach((source, n) -> requests.put(lower(source), n));
                views.add(new Symbol(symbol, requests, counts.compared, counts.disagreed, counts.last.decision()));
            }
        });
        views.sort(Comparator.comparingLong((Symbol view) -> view.requests().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .reversed());
        return views;
    }

    private static String lower(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
