package io.github.hybridinference.examples.fleet;

import io.github.hybridinference.budget.Money;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A burst of identical and of different questions, the latter asked again elsewhere and then once more. */
final class Burst {
    private static final long IDENTICAL = 0;
    private static final long DIFFERENT = 1;

    private final long identical;
    private final long different;

    Burst(long identical, long different) {
        this.identical = identical;
        this.different = different;
    }

    /**
     * What was measured.
     *
     * @param rounds identical questions, different ones, these at another instance, and there again
     * @param capUsd what it may spend
     * @param spentUsd what the fleet has spent
     * @param highestUsd the most it had spent and reserved together at any look
     * @param oneUsd what was reserved for a question
     * @param looks how often that was looked at
     */
    record Measured(List<Round> rounds, double capUsd, double spentUsd, double highestUsd, double oneUsd, long looks) {
        Round identical() {
            return rounds.get(0);
        }

        Round different() {
            return rounds.get(1);
        }

        /** Refusals among them, unless there was no room for another question under the cap. */
        long errors() {
            long errors =
                    rounds.stream().mapToLong(round -> round.answers().errors()).sum();
            return isCapUsedUp() ? errors : errors + refused();
        }

        /** One more question than is known of, as they are not all of the same length. */
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

    Measured run(Site site) throws IOException {
        try (SpendWatch watch = SpendWatch.over(site.redis())) {
            int n = site.plan().instances();
            Round same = Round.run(
                    site,
                    (instance, i, at) ->
                            instance.ask(IDENTICAL, 0, from(identical, i + 1, n) - from(identical, i, n), at));
            Round news = Round.run(site, (instance, i, at) -> askBlock(instance, i, n, at));
            Round elsewhere = Round.run(site, (instance, i, at) -> askBlock(instance, (i + 1) % n, n, at));
            Round again = Round.run(site, (instance, i, at) -> askBlock(instance, (i + 1) % n, n, at));
            double spent = watch.spentUsd();
            return new Measured(
                    List.of(same, news, elsewhere, again),
                    Money.usd(Money.nanoUsd(site.plan().capUsd())),
                    spent,
                    watch.highestUsd(),
                    watch.leastReservedUsd(),
                    watch.looks());
        }
    }

    private void askBlock(Instance instance, int block, int blocks, long atMs) throws IOException {
        long from = from(different, block, blocks);
        instance.ask(DIFFERENT + from, 1, from(different, block + 1, blocks) - from, atMs);
    }

    private static long from(long total, int block, int blocks) {
        return total * block / blocks;
    }

    static void report(Measured measured, Plan plan) {
        System.out.println(Round.heading());
        List<String> names =
                List.of("identical", "different", "the different at another instance", "and there once more");
        for (int i = 0; i < names.size(); i++) {
            System.out.println(measured.rounds.get(i).row(names.get(i)));
        }
        System.out.printf(
                Locale.ROOT,
                "cap %s USD: %.6f spent; at most %.6f spent and reserved at %d looks; %d refused%n",
                plan.capUsd(),
                measured.spentUsd,
                measured.highestUsd,
                measured.looks,
                measured.refused());
        Answers burst = new Answers();
        burst.add(measured.identical().answers());
        burst.add(measured.different().answers());
        System.out.printf(
                Locale.ROOT,
                "RESULT {\"identical_upstream\":%d,\"distinct_upstream\":%d,\"hits\":{\"process\":%d,\"redis\":%d},"
                        + "\"p50_ms\":%.1f,\"p99_ms\":%.1f,\"cap_usd\":%s,\"spent_usd\":%.6f,\"errors\":%d}%n",
                measured.identical().upstream(),
                measured.different().upstream(),
                measured.rounds.stream().mapToLong(Round::process).sum(),
                measured.rounds.stream().mapToLong(Round::redis).sum(),
                burst.percentileMs(50),
                burst.percentileMs(99),
                plan.capUsd(),
                measured.spentUsd,
                measured.errors());
    }
}
