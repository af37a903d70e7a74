package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A steady load over the fleet while Redis is stopped for some seconds. */
final class PausedRedis {
    private static final long QUESTIONS = 20_000_000;
    private static final int WARM_UP_S = 10;
    private static final int BEFORE_S = 10;
    private static final int PAUSED_S = 10;
    private static final int AFTER_S = 10;

    private final long perSecond;

    PausedRedis(long perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * What was measured.
     *
     * @param before with Redis, the usual
     * @param paused while it was stopped
     * @param after from when it went on
     * @param awayAfterMs how long it took the last instance to let it alone; -1 if one never did
     * @param backAfterMs how long it took the last instance to use it again; -1 if one never did
     */
    record Measured(Answers before, Answers paused, Answers after, long awayAfterMs, long backAfterMs) {
        long errors() {
            return before.errors()
                    + paused.errors()
                    + after.errors()
                    + before.refused()
                    + paused.refused()
                    + after.refused();
        }
    }

    Measured run(Site site) throws IOException, InterruptedException {
        List<Instance> instances = site.instances();
        int seconds = WARM_UP_S + BEFORE_S + PAUSED_S + AFTER_S;
        for (int i = 0; i < instances.size(); i++) {
            instances.get(i).steady(QUESTIONS, i, instances.size(), perSecond / instances.size(), seconds);
        }
        TimeUnit.SECONDS.sleep(WARM_UP_S + BEFORE_S);
        long pausedAtMs = System.currentTimeMillis();
        site.redis().pause();
        try {
            TimeUnit.SECONDS.sleep(PAUSED_S);
        } finally {
            site.redis().resume();
        }
        long resumedAtMs = System.currentTimeMillis();
        List<JsonNode> replies = new ArrayList<>();
        for (Instance instance : instances) {
            replies.add(instance.reply());
        }
        int paused = WARM_UP_S + BEFORE_S;
        return new Measured(
                sum(replies, WARM_UP_S, paused),
                sum(replies, paused, paused + PAUSED_S),
                sum(replies, paused + PAUSED_S, seconds),
                latest(replies, true, pausedAtMs),
                latest(replies, false, resumedAtMs));
    }

    private static Answers sum(List<JsonNode> replies, int fromSecond, int toSecond) throws IOException {
        Answers sum = new Answers();
        for (JsonNode reply : replies) {
            for (int second = fromSecond; second < toSecond; second++) {
                sum.add(Answers.read(reply.path("seconds").path(second)));
            }
        }
        return sum;
    }

    /** How many ms after a moment the last instance found Redis away, or back; 0 if all had, -1 if one never did. */
    private static long latest(List<JsonNode> replies, boolean away, long sinceMs) {
        long latest = 0;
        for (JsonNode reply : replies) {
            boolean isAway = false;
            long foundMs = sinceMs;
            for (JsonNode change : reply.path("changes")) {
                if (isAway == away && foundMs >= sinceMs && change.asLong() > sinceMs) {
                    break;
                }
                isAway = !isAway;
                foundMs = change.asLong();
            }
            if (isAway != away) {
                return -1;
            }
            latest = Math.max(latest, foundMs - sinceMs);
        }
        return latest;
    }

    static void report(Measured measured, Plan plan) {
        row("with Redis, the usual", measured.before);
        row("while it is stopped", measured.paused);
        row("from when it goes on", measured.after);
        System.out.printf(
                Locale.ROOT,
                "left alone by all after %d ms, used again by all after %d ms; time limit %d ms%n",
                measured.awayAfterMs,
                measured.backAfterMs,
                plan.redisTimeoutMs());
        System.out.printf(
                Locale.ROOT,
                "RESULT {\"usual_p99_ms\":%.1f,\"paused_p99_ms\":%.1f,\"after_p99_ms\":%.1f,\"cache_timeout_ms\":%d,"
                        + "\"back_after_ms\":%d,\"errors\":%d}%n",
                measured.before.percentileMs(99),
                measured.paused.percentileMs(99),
                measured.after.percentileMs(99),
                plan.redisTimeoutMs(),
                measured.backAfterMs,
                measured.errors());
    }

    private static void row(String name, Answers answers) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %6d answers, p50 %.1f ms, p99 %.1f ms, longest %.1f ms, %d errors, %d refused%n",
                name,
                answers.count(),
                answers.percentileMs(50),
                answers.percentileMs(99),
                answers.percentileMs(100),
                answers.errors(),
                answers.refused());
    }
}
