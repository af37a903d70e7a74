package io.github.hybridinference.examples.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What came of questions that all instances were asked at once.
 *
 * @param answers those of all instances
 * @param upstream calls that reached the model
 * @param process look-ups that found an answer in process
 * @param redis look-ups that found one in Redis
 * @param joined questions that waited for one under way in their own process
 */
record Round(Answers answers, long upstream, long process, long redis, long joined) {
    /** What one instance is asked. */
    @FunctionalInterface
    interface Order {
        void give(Instance instance, int index, long atMs) throws IOException;
    }

    /** Time for all to hear that they have to begin. */
    private static final long NOTICE_MS = 300;

    static Round run(Site site, Order order) throws IOException {
        long before = site.upstream();
        long atMs = System.currentTimeMillis() + NOTICE_MS;
        List<Instance> instances = site.instances();
        for (int i = 0; i < instances.size(); i++) {
            order.give(instances.get(i), i, atMs);
        }
        return collect(site, instances, before);
    }

    static Round collect(Site site, List<Instance> instances, long before) throws IOException {
        Answers answers = new Answers();
        long process = 0;
        long redis = 0;
        long joined = 0;
        for (Instance instance : instances) {
            JsonNode reply = instance.reply();
            answers.add(Answers.read(reply.path("answers")));
            process += reply.path("process").asLong();
            redis += reply.path("redis").asLong();
            joined += reply.path("joined").asLong();
        }
        return new Round(answers, site.upstream() - before, process, redis, joined);
    }

    static String heading() {
        return String.format(
                "%-34s %6s %9s %8s %8s %8s %9s %9s",
                "round", "asked", "upstream", "process", "Redis", "joined", "p50 ms", "p99 ms");
    }

    String row(String name) {
        return String.format(
                Locale.ROOT,
                "%-34s %6d %9d %7.1f%% %7.1f%% %7.1f%% %9.1f %9.1f",
                name,
                answers.count(),
                upstream,
                share(process),
                share(redis),
                share(joined),
                answers.percentileMs(50),
                answers.percentileMs(99));
    }

    private double share(long part) {
        return 100.0 * part / Math.max(1, answers.count());
    }
}
