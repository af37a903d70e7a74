package io.github.hybridinference.benchmarks;

import io.github.hybridinference.benchmarks.Row.Goal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The table's rows. */
final class Rows {
    private static final String KEY_OF_TWELVE = "Anonymizing.twelve";
    private static final String OPEN_AI = "RemoteCalls.openAiJava";
    private static final double SCALING = 0.95;

    private static final List<Row> ALL = List.of(
            new Row(
                    "local inference, snapshot given, metered",
                    "local",
                    "Local.engine",
                    "judged by hand, clock read twice",
                    "Local.byHand",
                    new Goal("≤ 120 ns, ≤ 128 B", (path, floor, all) -> path.ns() <= 120 && path.bytes() <= 128)),
            new Row(
                    "the same on two threads",
                    null,
                    "Local.engineOnTwoThreads",
                    "the same on two threads",
                    "Local.byHandOnTwoThreads",
                    new Goal("≥ 95 % of the floor's scaling", Rows::scales)),
            new Row(
                    "rules and classification without the engine",
                    "rules",
                    "Local.rules",
                    "judged by hand",
                    "Local.rulesByHand",
                    atMost(25)),
            new Row(
                    "learned classification of a complex scenario",
                    "router",
                    "LearnedRouting.classify",
                    "as many products and the exponential",
                    "LearnedRouting.byHand",
                    new Goal("≤ 150 ns, 0 B", (path, floor, all) -> path.ns() <= 150 && path.bytes() < 1)),
            new Row(
                    "snapshot of 12 features through the builder",
                    "snapshot",
                    "Snapshots.builder",
                    "record of 12 figures and the time",
                    "Snapshots.record",
                    atMost(150)),
            new Row(
                    "anonymize and key, 12 features",
                    null,
                    KEY_OF_TWELVE,
                    "as many figures rounded and hashed by hand",
                    "Anonymizing.twelveByHand",
                    null),
            new Row(
                    "anonymize and key, 25 features",
                    "anonymize",
                    "Anonymizing.twentyFive",
                    "as many figures rounded and hashed by hand",
                    "Anonymizing.twentyFiveByHand",
                    atMost(500)),
            new Row(
                    "cache hit in process, 12 features",
                    "cache_hit",
                    "ComplexScenario.cacheHit",
                    "anonymize, key, Caffeine",
                    "ComplexScenario.lookUpByHand",
                    aboveTheKey()),
            new Row(
                    "the same, answers kept apart by symbol",
                    null,
                    "ComplexScenario.cacheHitPerSymbol",
                    "cache hit in process, shared",
                    "ComplexScenario.cacheHit",
                    new Goal("≤ floor + 300 ns", (path, floor, all) -> path.ns() <= floor.ns() + 300)),
            new Row(
                    "breaker open, fallback, 12 features",
                    "breaker_open",
                    "ComplexScenario.breakerOpen",
                    "anonymize and key",
                    KEY_OF_TWELVE,
                    aboveTheKey()),
            new Row(
                    "breaker closed, model in the process",
                    null,
                    "ComplexScenario.breakerClosed",
                    "breaker and one thread hop",
                    "ComplexScenario.threadHop",
                    null),
            new Row(
                    "prompt, 25 features",
                    null,
                    "Prompting.body",
                    "Jackson writes the figures",
                    "Prompting.jackson",
                    null),
            new Row(
                    "verify a reply",
                    "verify",
                    "Verifying.verifier",
                    "Jackson parses it",
                    "Verifying.jackson",
                    new Goal("≤ 2 × floor", (path, floor, all) -> path.ns() <= 2 * floor.ns())),
            new Row(
                    "remote call at 0 ms, verified",
                    "remote",
                    "RemoteCalls.engine",
                    "openai-java, synchronous",
                    OPEN_AI,
                    new Goal(
                            "≤ 1.05 × floor, ≤ + 4 KB",
                            (path, floor, all) ->
                                    path.ns() <= 1.05 * floor.ns() && path.bytes() <= floor.bytes() + 4_096)),
            new Row("the adapter alone", null, "RemoteCalls.adapter", "openai-java, synchronous", OPEN_AI, null),
            new Row(
                    "remote call at 0 ms, verified",
                    null,
                    "RemoteCalls.engine",
                    "JDK HttpClient, reply unread",
                    "RemoteCalls.jdkHttpClient",
                    null),
            new Row(
                    "hit in Redis behind the near tier",
                    "redis_hit",
                    "RedisHit.tiered",
                    "bare pooled Jedis GET",
                    "RedisHit.jedis",
                    new Goal("≤ 1.10 × floor", (path, floor, all) -> path.ns() <= 1.10 * floor.ns())));

    private Rows() {}

    static List<Row> matching(@Nullable String pattern) {
        if (pattern == null) {
            return ALL;
        }
        Pattern wanted = Pattern.compile(pattern);
        return ALL.stream()
                .filter(row -> wanted.matcher(row.benchmark()).find())
                .toList();
    }

    /** All that is needed to fill the rows, goals included. */
    static Collection<String> benchmarks(List<Row> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (Row row : rows) {
            names.add(row.benchmark());
            names.add(row.floorBenchmark());
            if (row.benchmark().startsWith("ComplexScenario.")) {
                names.add(KEY_OF_TWELVE);
            }
            if (row.benchmark().endsWith("OnTwoThreads")) {
                names.add("Local.engine");
                names.add("Local.byHand");
            }
        }
        return names;
    }

    private static boolean scales(Measured path, Measured floor, Measurements all) {
        return all.scaling("Local.engine", "Local.engineOnTwoThreads")
                >= SCALING * all.scaling("Local.byHand", "Local.byHandOnTwoThreads");
    }

    private static Goal atMost(int ns) {
        return new Goal("≤ " + ns + " ns", (path, floor, all) -> path.ns() <= ns);
    }

    private static Goal aboveTheKey() {
        return new Goal(
                "≤ anonymize and key + 250 ns",
                (path, floor, all) -> path.ns() <= all.get(KEY_OF_TWELVE).ns() + 250);
    }
}
