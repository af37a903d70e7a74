package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.examples.rig.Questions;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Many questions at once. */
final class Questioning {
    private final InferenceEngine engine;

    Questioning(InferenceEngine engine) {
        this.engine = engine;
    }

    /**
     * Asks them all and waits for the answers.
     *
     * @param first the number of the first question
     * @param step from one number to the next; with 0 all are the same
     * @param count how many
     * @param atMs when, by the wall clock, so that all instances begin together
     */
    ObjectNode go(long first, long step, long count, long atMs) {
        EngineStats before = engine.stats();
        Answers answers = new Answers();
        List<MarketSnapshot> questions = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            questions.add(Questions.numbered(first + i * step));
        }
        waitUntil(atMs);
        List<CompletableFuture<Inference>> underWay = new ArrayList<>();
        for (MarketSnapshot question : questions) {
            long start = System.nanoTime();
            underWay.add(engine.inferAsync(question)
                    .whenComplete((answer, failure) -> answers.add(answer, System.nanoTime() - start)));
        }
        underWay.forEach(one -> one.exceptionally(counted -> null).join());
        return reply(answers, before, engine.stats());
    }

    private static ObjectNode reply(Answers answers, EngineStats before, EngineStats after) {
        ObjectNode reply = new ObjectMapper().createObjectNode();
        reply.set("answers", answers.toJson());
        reply.put("process", hits(after, 0) - hits(before, 0));
        reply.put("redis", hits(after, 1) - hits(before, 1));
        reply.put("joined", after.coalesced() - before.coalesced());
        return reply;
    }

    private static long hits(EngineStats stats, int tier) {
        return stats.cache().tiers().get(tier).hits();
    }

    static void waitUntil(long atMs) {
        for (long left = atMs - System.currentTimeMillis(); left > 0; left = atMs - System.currentTimeMillis()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
