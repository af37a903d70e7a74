package io.github.hybridinference.lab.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A steady load on all instances, while Redis is suspended for some seconds. */
final class RedisPauseScenario {
    private static final long SNAPSHOTS = 20_000_000;
    private static final int WARM_UP_S = 10;
    private static final int BEFORE_S = 10;
    private static final int PAUSED_S = 10;
    private static final int AFTER_S = 10;

    private final long perSecond;

    RedisPauseScenario(long perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * What was measured.
     *
     * @param before with Redis
     * @param paused while it was suspended
     * @param after from when it was resumed
     * @param abandonedAfterMs how long it took until the last instance stopped using it; -1 if one never did
     * @param backAfterMs how long it took until the last instance used it again; -1 if one never did
     */
    record Result(
            AnswerStatistics before,
            AnswerStatistics paused,
            AnswerStatistics after,
            long abandonedAfterMs,
            long backAfterMs) {
        long errors() {
            return before.errors()
                    + paused.errors()
                    + after.errors()
                    + before.refused()
                    + paused.refused()
                    + after.refused();
        }
    }

    Result run(RunningFleet fleet) throws IOException, InterruptedException {
        List<WorkerProcess> instances = fleet.instances();
        int seconds = WARM_UP_S + BEFORE_S + PAUSED_S + AFTER_S;
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).steady(SNAPSHOTS, i, instances.size(), perSecond / instances.size(), seconds);
        }
        TimeUnit.SECONDS.sleep(WARM_UP_S + BEFORE_S);
        long pausedAtMs = System.currentTimeMillis();
        fleet.redis().pause();
        try {
            TimeUnit.SECONDS.sleep(PAUSED_S);
        } finally {
            fleet.redis().resume();
        }
        long resumedAtMs = System.currentTimeMillis();
        List<JsonNode> results = new ArrayList<>();
        for (WorkerProcess instance : instances) {
            results.add(instance.result());
        }
        int paused = WARM_UP_S + BEFORE_S;
        return new Result(
                sum(results, WARM_UP_S, paused),
                sum(results, paused, paused + PAUSED_S),
                sum(results, paused + PAUSED_S, seconds),
                latest(results, true, pausedAtMs),
                latest(results, false, resumedAtMs));
    }

    private static AnswerStatistics sum(List<JsonNode> results, int fromSecond, int toSecond) throws IOException {
        AnswerStatistics sum = new AnswerStatistics();
        for (JsonNode result : results) {
            for (int second = fromSecond; second < toSecond; second++) {
                sum.add(AnswerStatistics.read(result.path("seconds").path(second)));
            }
        }
        return sum;
    }

    /** How many ms after a moment the last instance found Redis unreachable, or reachable; 0 if all had, -1 if one never did. */
    private static long latest(List<JsonNode> results, boolean unreachable, long sinceMs) {
        long latest = 0;
        for (JsonNode result : results) {
            boolean isUnreachable = false;
            long foundMs = sinceMs;
            for (JsonNode change : result.path("changes")) {
                if (isUnreachable == unreachable && foundMs >= sinceMs && change.asLong() > sinceMs) {
                    break;
                }
                isUnreachable = !isUnreachable;
                foundMs = change.asLong();
            }
            if (isUnreachable != unreachable) {
                return -1;
            }
            latest = Math.max(latest, foundMs - sinceMs);
        }
        return latest;
    }

    static ResultLine report(Result result, FleetSettings settings, CommandContext context) {
        row("with Redis", result.before, context);
        row("while it is suspended", result.paused, context);
        row("after it is resumed", result.after, context);
        context.println(
                "unused by all after %d ms, used again by all after %d ms; time limit %d ms",
                result.abandonedAfterMs, result.backAfterMs, settings.redisTimeoutMs());
        return new ResultLine()
                .add("usual_p99_ms", result.before.percentileMs(99), 1)
                .add("paused_p99_ms", result.paused.percentileMs(99), 1)
                .add("after_p99_ms", result.after.percentileMs(99), 1)
                .add("cache_timeout_ms", settings.redisTimeoutMs())
                .add("back_after_ms", result.backAfterMs)
                .add("errors", result.errors());
    }

    private static void row(String name, AnswerStatistics answers, CommandContext context) {
        context.println(
                "%-24s %6d answers, p50 %.1f ms, p99 %.1f ms, longest %.1f ms, %d errors, %d refused",
                name,
                answers.count(),
                answers.percentileMs(50),
                answers.percentileMs(99),
                answers.percentileMs(100),
                answers.errors(),
                answers.refused());
    }
}
