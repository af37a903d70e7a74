package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.examples.rig.Questions;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.redis.RedisSignalCache;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An open loop: so many questions a second, whatever becomes of them; waits are counted from when a question was due.
 *
 * <p>Every second question is new; the others were new at another instance a second before.
 */
final class SteadyLoad {
    private final InferenceEngine engine;
    private final RedisSignalCache redis;
    private final long first;
    private final long self;
    private final long instances;

    /**
     * Makes a load.
     *
     * @param first the number of the fleet's first question
     * @param self which instance this is, from 0
     * @param instances how many there are
     */
    SteadyLoad(InferenceEngine engine, RedisSignalCache redis, long first, long self, long instances) {
        this.engine = engine;
        this.redis = redis;
        this.first = first;
        this.self = self;
        this.instances = instances;
    }

    /**
     * Runs it.
     *
     * @param perSecond questions a second
     * @param seconds how long
     * @return the answers by the second in which their question was due, and when Redis was found away and back
     */
    ObjectNode go(long perSecond, long seconds) {
        List<Answers> bySecond = new ArrayList<>();
        List<CompletableFuture<Inference>> underWay = new ArrayList<>();
        ArrayNode changes = new ObjectMapper().createArrayNode();
        boolean away = false;
        long start = System.nanoTime();
        for (long i = 0; i < perSecond * seconds; i++) {
            long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (i % perSecond == 0) {
                bySecond.add(new Answers());
            }
            Answers answers = bySecond.get(bySecond.size() - 1);
            underWay.add(engine.inferAsync(Questions.numbered(numberOf(i, perSecond)))
                    .whenComplete((answer, failure) -> answers.add(answer, System.nanoTime() - due)));
            if (away != redis.state().trouble().isPresent()) {
                away = !away;
                changes.add(System.currentTimeMillis());
            }
        }
        underWay.forEach(one -> one.exceptionally(counted -> null).join());
        ObjectNode reply = new ObjectMapper().createObjectNode();
        bySecond.forEach(answers -> reply.withArray("/seconds").add(answers.toJson()));
        reply.set("changes", changes);
        return reply;
    }

    private long numberOf(long i, long perSecond) {
        long earlier = i - perSecond - (perSecond + 1) % 2;
        boolean isNew = i % 2 == 0 || earlier < 0;
        return isNew ? first + i * instances + self : first + earlier * instances + (self + 1) % instances;
    }
}
