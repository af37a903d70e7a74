package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.EngineStats;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.lab.load.DistinctSnapshots;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts a number of inferences at once. */
final class BatchLoad {
    private final InferenceEngine engine;

    BatchLoad(InferenceEngine engine) {
        this.engine = engine;
    }

    /**
     * Starts them all and waits for the answers.
     *
     * @param first the number of the first snapshot, see {@link DistinctSnapshots}
     * @param step from one number to the next; with 0 all snapshots are the same
     * @param count the number of inferences
     * @param atMs when to start, in epoch milliseconds, so that all instances start together
     * @return latencies and failures, and where the answers came from
     */
    ObjectNode run(long first, long step, long count, long atMs) {
        EngineStats before = engine.stats();
        AnswerStatistics answers = new AnswerStatistics();
        List<MarketSnapshot> snapshots = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            snapshots.add(DistinctSnapshots.numbered(first + i * step));
        }
        waitUntil(atMs);
        List<CompletableFuture<Inference>> inFlight = new ArrayList<>();
        for (MarketSnapshot snapshot : snapshots) {
            long start = System.nanoTime();
            inFlight.add(engine.inferAsync(snapshot)
                    .whenComplete((answer, failure) -> answers.add(answer, System.nanoTime() - start)));
        }
        inFlight.forEach(one -> one.exceptionally(counted -> null).join());
        return reply(answers, before, engine.stats());
    }

    private static ObjectNode reply(AnswerStatistics answers, EngineStats before, EngineStats after) {
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

    private static void waitUntil(long atMs) {
        for (long left = atMs - System.currentTimeMillis(); left > 0; left = atMs - System.currentTimeMillis()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
        }
    }
}
