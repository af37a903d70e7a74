package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.redis.RedisSignalCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * An open loop: inferences start at a fixed rate, however long they take; latencies are counted from when an inference was
 * due.
 *
 * <p>Every second snapshot is new; the others were new at another instance a second before.
 */
final class SteadyLoad {
    private final InferenceEngine engine;
    private final RedisSignalCache redis;
    private final long first;
    private final long self;
    private final long instances;
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong outOfReach = new AtomicLong();
    private final AtomicLong lastDegradedMs = new AtomicLong();

    /**
     * Creates a load.
     *
     * @param first the number of the first snapshot of the fleet, see {@link TellingSnapshots}
     * @param self the index of this instance, from 0
     * @param instances the number of instances
     */
    SteadyLoad(InferenceEngine engine, RedisSignalCache redis, long first, long self, long instances) {
        this.engine = engine;
        this.redis = redis;
        this.first = first;
        this.self = self;
        this.instances = instances;
    }

    /**
     * Runs the load.
     *
     * @param perSecond inferences a second
     * @param seconds the duration
     * @return statistics by the second in which the inference was due; when Redis became unreachable and reachable; how many
     *     answers were those to another snapshot; how many calls were refused because the budget was out of reach; and when the
     *     last inference was left to the rules for another reason than a cap that is used up
     */
    ObjectNode run(long perSecond, long seconds) {
        List<AnswerStatistics> bySecond = new ArrayList<>();
        List<CompletableFuture<Inference>> inFlight = new ArrayList<>();
        ArrayNode changes = new ObjectMapper().createArrayNode();
        boolean unreachable = false;
        long start = System.nanoTime();
        for (long i = 0; i < perSecond * seconds; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (i % perSecond == 0) {
                bySecond.add(new AnswerStatistics());
            }
            AnswerStatistics answers = bySecond.get(bySecond.size() - 1);
            long number = numberOf(i, perSecond);
            inFlight.add(engine.inferAsync(TellingSnapshots.numbered(number)).whenComplete((answer, failure) -> {
                answers.add(answer, System.nanoTime() - due);
                check(number, answer);
            }));
            if (unreachable != redis.state().trouble().isPresent()) {
                unreachable = !unreachable;
                changes.add(System.currentTimeMillis());
            }
        }
        inFlight.forEach(one -> one.exceptionally(counted -> null).join());
        ObjectNode reply = new ObjectMapper().createObjectNode();
        bySecond.forEach(answers -> reply.withArray("/seconds").add(answers.toJson()));
        reply.set("changes", changes);
        return reply.put("wrong", wrong.get())
                .put("out_of_reach", outOfReach.get())
                .put("last_degraded_ms", lastDegradedMs.get());
    }

    private void check(long number, @Nullable Inference answer) {
        if (answer == null || answer.degradation().isPresent()) {
            Degradation cause = answer == null ? null : answer.degradation().get();
            if (cause == Degradation.BUDGET_UNREACHABLE) {
                outOfReach.incrementAndGet();
            }
            if (cause != Degradation.BUDGET) {
                lastDegradedMs.accumulateAndGet(System.currentTimeMillis(), Math::max);
            }
        } else if (TellingSnapshots.isWrong(number, answer)) {
            wrong.incrementAndGet();
        }
    }

    private long numberOf(long i, long perSecond) {
        long earlier = i - perSecond - (perSecond + 1) % 2;
        boolean isNew = i % 2 == 0 || earlier < 0;
        return isNew ? first + i * instances + self : first + earlier * instances + (self + 1) % instances;
    }
}
