package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an answer says that it cost, next to what the statistics and the budget say. */
class AnswerCostTest {
    private static final long QUOTE = 5_000;

    @ParameterizedTest
    @EnumSource
    void aFallbackAfterPaidRepliesSaysWhatAllOfThemCost(Way way) {
        try (Bench bench = bench()) {
            bench.model.always(FakeModel.replying(Replies.BLANK));
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            bench.time.advanceMs(1);
            Inference answer = asked.answer();

            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.BAD_REPLY);
            assertThat(bench.model.attempts()).isEqualTo(2);
            assertThat(answer.usage().costNanoUsd()).hasValue(2 * Replies.COST);
            assertThat(answer.usage().totalTokens()).isEqualTo(2 * Replies.USAGE.totalTokens());
            assertThat(answer.toRecord().cost_usd()).isEqualTo(0.000_002);
            assertThat(answer.provenance()).isEmpty();
            assertBooksAgree(bench, 2 * Replies.COST);
        }
    }

    @Test
    void aFallbackForWhichNothingWasSentCostsNothing() {
        try (Bench bench = bench()) {
            bench.model.always(FakeModel.failing(RemoteException.beforeSending(Reason.UNAUTHORIZED)));
            assertThat(bench.ask(Snapshots.complex(1)).usage()).isEqualTo(Usage.NONE);
            assertBooksAgree(bench, 0);
        }
    }

    @Test
    void isUnknownWhereTheCostOfAnAttemptWasNotSeen() {
        try (Bench bench = bench()) {
            bench.model.then(FakeModel.failing(Reason.STALE_CONNECTION)).then(FakeModel.replying(Replies.BUY));
            Way.Asked asked = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advanceMs(1);
            Inference answer = asked.answer();

            assertThat(answer.source()).isEqualTo(Source.REMOTE);
            assertThat(answer.usage().costNanoUsd()).isEmpty();
            assertThat(answer.toRecord().cost_usd()).isNull();
            assertThat(answer.usage().totalTokens()).isEqualTo(Replies.USAGE.totalTokens());
            assertThat(bench.engine.stats().unseenCostNanoUsd()).isEqualTo(QUOTE);
            assertBooksAgree(bench, QUOTE + Replies.COST);
        }
    }

    @Test
    void isNotKnownYetToTheOneWhoseTimeWasUpWhileTheModelWasBeingAsked() {
        try (Bench bench = bench()) {
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(1));
            Way.Asked second = bench.ask(Way.ASYNC, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            bench.exchange().reply(Replies.BUY);

            assertThat(first.answer().usage().costNanoUsd()).isEmpty();
            assertThat(second.answer().usage()).isEqualTo(Usage.NONE);
            assertThat(bench.heard.revisions())
                    .extracting(revision -> revision.usage().costNanoUsd())
                    .containsExactlyInAnyOrder(OptionalLong.of(Replies.COST), OptionalLong.of(0));
        }
    }

    @Test
    void aCallerWhoStillWaitsCarriesTheCostOfAFailureWhenTheFirstWasAnsweredBefore() {
        try (Bench bench = bench()) {
            Way.Asked first = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofSeconds(1));
            Way.Asked second = bench.ask(Way.ASYNC, Snapshots.complex(1), Duration.ofSeconds(3));
            bench.time.advance(Duration.ofSeconds(2));
            bench.exchange().reply(Replies.NONSENSE);

            assertThat(first.answer().degradation()).contains(Degradation.TIMEOUT);
            assertThat(second.answer().degradation()).contains(Degradation.BAD_REPLY);
            assertThat(second.answer().usage().costNanoUsd()).hasValue(Replies.COST);
        }
    }

    /** Calls of one to five callers, each with good, blank and useless replies in any order: no cost is lost or doubled. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theSumOverAllAnswersIsTheTotal(long seed) {
        Random random = new Random(seed);
        try (Bench bench = bench()) {
            List<Way.Asked> callers = new ArrayList<>();
            int attempt = 0;
            for (int call = 1; call <= 20; call++) {
                for (int joined = random.nextInt(5); joined >= 0; joined--) {
                    callers.add(bench.ask(Way.ASYNC, Snapshots.complex(call)));
                }
                while (bench.model.attempts() > attempt) {
                    bench.model
                            .exchange(attempt)
                            .reply(
                                    switch (random.nextInt(3)) {
                                        case 0 -> Replies.BUY;
                                        case 1 -> Replies.BLANK;
                                        default -> Replies.NONSENSE;
                                    });
                    attempt++;
                    bench.time.advanceMs(1); // the next attempt, if there is one
                }
            }
            long sum = callers.stream()
                    .mapToLong(caller -> caller.answer().usage().costNanoUsd().orElseThrow())
                    .sum();
            assertBooksAgree(bench, sum);
            assertThat(sum).isPositive();
        }
    }

    private static Bench bench() {
        Bench bench = new Bench(options -> options.budget(Budget.perDay("1")).maxConsecutiveFailures(1_000));
        bench.model.quoting(() -> OptionalLong.of(QUOTE));
        return bench;
    }

    private static void assertBooksAgree(Bench bench, long nanoUsd) {
        assertThat(bench.engine.stats().totalCostNanoUsd()).isEqualTo(nanoUsd);
        assertThat(bench.engine.stats().budget().spentNanoUsd()).isEqualTo(nanoUsd);
    }
}
