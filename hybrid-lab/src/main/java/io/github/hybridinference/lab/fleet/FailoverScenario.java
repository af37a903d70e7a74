package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.budget.Money;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A steady load on all instances, during which a master of Redis is killed (SIGKILL): in a cluster the one that keeps the budget's
 * account.
 */
final class FailoverScenario {
    private static final long SNAPSHOTS = 40_000_000;

    /** The servers elect another master after some two seconds of silence. */
    private static final long LONGEST_MS = 15_000;

    private final long perSecond;
    private final int beforeSeconds;
    private final int afterSeconds;

    /**
     * Creates one.
     *
     * @param perSecond inferences a second, of all instances together
     * @param beforeSeconds how long the load runs before the master is killed
     * @param afterSeconds how long it goes on
     */
    FailoverScenario(long perSecond, int beforeSeconds, int afterSeconds) {
        this.perSecond = perSecond;
        this.beforeSeconds = beforeSeconds;
        this.afterSeconds = afterSeconds;
    }

    /**
     * What was measured.
     *
     * @param answers all answers; refused are those that the budget left to the rules
     * @param outOfReach those of them that were refused because the budget was out of reach; the others met the cap
     * @param wrong answers of the model to another snapshot
     * @param failoverMs how long after the kill the last instance used Redis again and had no call refused because the budget
     *     was out of reach; 0 if no instance noticed anything, -1 if one never recovered
     * @param capUsd what the fleet may spend
     * @param spentUsd what the account in Redis says in the end
     * @param billedUsd what the model has billed to all instances
     * @param highestUsd the largest sum of spent and reserved that was read from the account
     * @param reads how often that was read
     */
    record Result(
            AnswerStatistics answers,
            long outOfReach,
            long wrong,
            long failoverMs,
            double capUsd,
            double spentUsd,
            double billedUsd,
            double highestUsd,
            long reads) {
        long capped() {
            return answers.refused() - outOfReach;
        }

        boolean isCapKept() {
            return highestUsd <= capUsd && billedUsd <= capUsd;
        }

        /** Whether the fleet noticed the failover, got over it, and gave no wrong answer. */
        boolean isAsPromised() {
            return answers.errors() == 0 && wrong == 0 && isCapKept() && failoverMs > 0 && failoverMs <= LONGEST_MS;
        }
    }

    Result run(RunningFleet fleet) throws IOException, InterruptedException {
        List<WorkerProcess> instances = fleet.instances();
        try (SpendMonitor monitor = SpendMonitor.start(fleet.redis())) {
            for (int i = 0; i < instances.size(); i++) {
                instances
                        .get(i)
                        .steady(
                                SNAPSHOTS,
                                i,
                                instances.size(),
                                perSecond / instances.size(),
                                beforeSeconds + afterSeconds);
            }
            TimeUnit.SECONDS.sleep(beforeSeconds);
            fleet.redis().killMasterOf(SpendMonitor.key());
            long killedAtMs = System.currentTimeMillis();
            List<JsonNode> results = new ArrayList<>();
            for (WorkerProcess instance : instances) {
                results.add(instance.result());
            }
            double spentUsd = monitor.spentUsd();
            return new Result(
                    answers(results),
                    sum(results, "out_of_reach"),
                    sum(results, "wrong"),
                    failoverMs(results, killedAtMs),
                    Money.usd(Money.nanoUsd(fleet.settings().capUsd())),
                    spentUsd,
                    Money.usd(sum(results, "billed_nano_usd")),
                    monitor.highestUsd(),
                    monitor.reads());
        }
    }

    private static AnswerStatistics answers(List<JsonNode> results) throws IOException {
        AnswerStatistics sum = new AnswerStatistics();
        for (JsonNode result : results) {
            for (JsonNode second : result.path("seconds")) {
                sum.add(AnswerStatistics.read(second));
            }
        }
        return sum;
    }

    private static long sum(List<JsonNode> results, String field) {
        return results.stream().mapToLong(result -> result.path(field).asLong()).sum();
    }

    private static long failoverMs(List<JsonNode> results, long killedAtMs) {
        long latest = killedAtMs;
        for (JsonNode result : results) {
            JsonNode changes = result.path("changes");
            if (changes.size() % 2 == 1) {
                return -1;
            }
            if (!changes.isEmpty()) {
                latest = Math.max(latest, changes.path(changes.size() - 1).asLong());
            }
            latest = Math.max(latest, result.path("last_degraded_ms").asLong());
        }
        return latest - killedAtMs;
    }

    /** Prints what was measured, and adds it to a line. */
    static void report(Result result, ResultLine line, CommandContext context) {
        context.println(
                "a master killed: %d answers, %d wrong, %d errors; all instances back after %d ms; refused: %d as the budget was"
                        + " out of reach, %d by the cap",
                result.answers.count(),
                result.wrong,
                result.answers.errors(),
                result.failoverMs,
                result.outOfReach,
                result.capped());
        context.println(
                "cap %.2f USD: %.6f spent by the account, %.6f billed by the model; at most %.6f spent and reserved in %d reads",
                result.capUsd, result.spentUsd, result.billedUsd, result.highestUsd, result.reads);
        line.add("failover_s", result.failoverMs / 1e3, 1)
                .add("failover_answers", result.answers.count())
                .add("failover_errors", result.answers.errors())
                .add("wrong", result.wrong)
                .add("out_of_reach", result.outOfReach)
                .add("capped", result.capped())
                .add("billed_usd", result.billedUsd, 6)
                .add("highest_usd", result.highestUsd, 6);
    }
}
