package io.github.hybridinference.eval;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.TradingSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What caching answers saves and what it changes, for coarser and coarser rounding of figures: how often the cache has
 * an answer, and how often its action differs from the one the model would give now to the unrounded figures.
 *
 * @param steps one entry for each rounding step, from the finest to the coarsest
 * @since 0.1.0
 */
public record CacheReport(List<Step> steps) {
    /** The step that engines use by default: the catalogue's. */
    public static final double DEFAULT_STEP = 1;

    /**
     * A request, and when it is made.
     *
     * @param askedAt not earlier than the previous one
     * @param snapshot the snapshot of the request
     */
    public record Question(Instant askedAt, MarketSnapshot snapshot) {}

    /**
     * The effect of one rounding step.
     *
     * @param step in multiples of the catalogue's step; 0 for no rounding
     * @param questions number of requests that the model has an answer to
     * @param hits how many of them the cache answered
     * @param flips number of hits whose action differs from that of a fresh answer
     * @param confidenceGap mean difference of the confidence between a hit and a fresh answer; NaN without hits
     */
    public record Step(double step, int questions, int hits, int flips, double confidenceGap) {
        /**
         * Returns the share of questions that the cache answered.
         *
         * @return in [0, 1], NaN without questions
         */
        public double hitRate() {
            return (double) hits / questions;
        }

        /**
         * Returns the share of hits whose action differs from that of a fresh answer.
         *
         * @return in [0, 1], NaN without hits
         */
        public double flipRate() {
            return (double) flips / hits;
        }
    }

    private record Remembered(TradingSignal signal, long validUntilMs) {}

    /**
     * Sends requests through a cache, once for each rounding step.
     *
     * @param questions in the order of time
     * @param answers asks the model. It must accept unrounded figures; a service that is not on your machine is never
     *     sent any, and then nothing can be compared
     * @param ttl how long an answer is cached; at most to the end of the next bar
     * @param steps multiples of the catalogue's steps, not negative, 0 for no rounding
     * @param progress receives the number of steps done
     * @return the report
     */
    public static CacheReport of(
            List<Question> questions, FreshAnswers answers, Duration ttl, List<Double> steps, IntConsumer progress) {
        List<Step> lines = new ArrayList<>();
        for (double step : steps) {
            lines.add(new Run(answers, ttl.toMillis(), step).through(questions));
            progress.accept(lines.size());
        }
        return new CacheReport(List.copyOf(lines));
    }

    /**
     * Returns the entry of the step that engines use by default.
     *
     * @return empty if it was not among the steps
     */
    public Optional<Step> byDefault() {
        return steps.stream().filter(line -> line.step() == DEFAULT_STEP).findFirst();
    }

    private static final class Run {
        private final FreshAnswers answers;
        private final long ttlMs;
        private final double step;
        private final Anonymizer rounded;
        private final Map<AnonymizedSnapshot, Remembered> memory = new HashMap<>();
        private int asked;
        private int hits;
        private int flips;
        private double gap;

        Run(FreshAnswers answers, long ttlMs, double step) {
            this.answers = answers;
            this.ttlMs = ttlMs;
            this.step = step;
            this.rounded = Rounding.toSteps(step);
        }

        Step through(List<Question> questions) {
            questions.forEach(this::put);
            return new Step(step, asked, hits, flips, hits == 0 ? Double.NaN : gap / hits);
        }

        private void put(Question question) {
            long now = question.askedAt().toEpochMilli();
            AnonymizedSnapshot key = rounded.anonymize(question.snapshot());
            Remembered found = memory.get(key);
            if (found != null && now < found.validUntilMs()) {
                compare(found.signal(), question);
                return;
            }
            answers.to(key).ifPresent(answer -> {
                asked++;
                memory.put(
                        key,
                        new Remembered(
                                answer.signal(),
                                Math.min(now + ttlMs, question.snapshot().nextBarEndMs())));
            });
        }

        private void compare(TradingSignal cached, Question question) {
            answers.to(Anonymizer.fine().anonymize(question.snapshot())).ifPresent(fresh -> {
                asked++;
                hits++;
                flips += cached.action() == fresh.signal().action() ? 0 : 1;
                gap += Math.abs(cached.confidence() - fresh.signal().confidence());
            });
        }
    }
}
