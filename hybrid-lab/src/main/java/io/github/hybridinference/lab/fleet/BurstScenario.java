package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.ResultLine;
import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A burst of identical inferences and one of different ones; then the different ones twice more, each time at another
 * instance than the first time.
 */
final class BurstScenario {
    private static final long IDENTICAL = 0;
    private static final long DIFFERENT = 1;

    private final long identical;
    private final long different;

    BurstScenario(long identical, long different) {
        this.identical = identical;
        this.different = different;
    }

    /**
     * What was measured.
     *
     * @param rounds identical inferences, different ones, these at another instance, and there again
     * @param capUsd what the fleet may spend
     * @param spentUsd what the fleet has spent
     * @param highestUsd the largest sum of spent and reserved that was read
     * @param oneUsd what was reserved for a call
     * @param reads how often that was read
     */
    record Result(
            List<RoundResult> rounds, double capUsd, double spentUsd, double highestUsd, double oneUsd, long reads) {
        RoundResult identical() {
            return rounds.get(0);
        }

        RoundResult different() {
            return rounds.get(1);
        }

        /** Includes refusals, unless the cap left no room for another call. */
        long errors() {
            long errors =
                    rounds.stream().mapToLong(round -> round.answers().errors()).sum();
            return isCapUsedUp() ? errors : errors + refused();
        }

        /** With room for two calls, since not all requests have the same length. */
        private boolean isCapUsedUp() {
            return highestUsd + 2 * oneUsd > capUsd;
        }

        boolean isCapKept() {
            return highestUsd <= capUsd;
        }

        long refused() {
            return rounds.stream().mapToLong(round -> round.answers().refused()).sum();
        }
    }

    Result run(RunningFleet fleet) throws IOException {
        try (SpendMonitor monitor = SpendMonitor.start(fleet.redis())) {
            int n = fleet.settings().instances();
            RoundResult same = RoundResult.run(
                    fleet,
                    (instance, i, at) ->
                            instance.batch(IDENTICAL, 0, from(identical, i + 1, n) - from(identical, i, n), at));
            RoundResult first = RoundResult.run(fleet, (instance, i, at) -> startBlock(instance, i, n, at));
            RoundResult elsewhere =
                    RoundResult.run(fleet, (instance, i, at) -> startBlock(instance, (i + 1) % n, n, at));
            RoundResult again = RoundResult.run(fleet, (instance, i, at) -> startBlock(instance, (i + 1) % n, n, at));
            double spent = monitor.spentUsd();
            return new Result(
                    List.of(same, first, elsewhere, again),
                    Money.usd(Money.nanoUsd(fleet.settings().capUsd())),
                    spent,
                    monitor.highestUsd(),
                    monitor.leastReservedUsd(),
                    monitor.reads());
        }
    }

    private void startBlock(WorkerProcess instance, int block, int blocks, long atMs) throws IOException {
        long from = from(different, block, blocks);
        instance.batch(DIFFERENT + from, 1, from(different, block + 1, blocks) - from, atMs);
    }

    private static long from(long total, int block, int blocks) {
        return total * block / blocks;
    }

    static void report(Result result, FleetSettings settings, CommandContext context) {
        context.println(RoundResult.heading());
        List<String> names =
                List.of("identical", "different", "the different at another instance", "and there once more");
        for (int i = 0; i < names.size(); i++) {
            context.out().println(result.rounds.get(i).row(names.get(i)));
        }
        context.println(
                "cap %s USD: %.6f spent; at most %.6f spent and reserved in %d reads; %d refused",
                settings.capUsd(), result.spentUsd, result.highestUsd, result.reads, result.refused());
    }

    /**
     * Begins the last line.
     *
     * @param spentUsd what the fleet has spent in the end
     */
    static ResultLine line(Result result, FleetSettings settings, double spentUsd) {
        AnswerStatistics burst = new AnswerStatistics();
        burst.add(result.identical().answers());
        burst.add(result.different().answers());
        return new ResultLine()
                .add("identical_upstream", result.identical().upstream())
                .add("distinct_upstream", result.different().upstream())
                .raw(
                        "hits",
                        "{\"process\":" + sum(result, RoundResult::process) + ",\"redis\":"
                                + sum(result, RoundResult::redis) + "}")
                .add("p50_ms", burst.percentileMs(50), 1)
                .add("p99_ms", burst.percentileMs(99), 1)
                .raw("cap_usd", settings.capUsd())
                .add("spent_usd", spentUsd, 6)
                .add("errors", result.errors());
    }

    private static long sum(Result result, ToLongFunction<RoundResult> count) {
        return result.rounds.stream().mapToLong(count).sum();
    }
}
