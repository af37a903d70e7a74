package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.internal.RecentAnswers;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Health is what callers experience. */
class RecentAnswersTest {
    private static final long SECOND = 1_000_000_000L;

    private final RecentAnswers recent = new RecentAnswers();

    @Test
    void aFewFallbacksAreNoTrouble() {
        add(4, Degradation.TIMEOUT, 0);
        assertThat(recent.trouble(0)).isEmpty();
        add(1, Degradation.TIMEOUT, 0);
        assertThat(recent.trouble(0)).hasValueSatisfying(trouble -> {
            assertThat(trouble.share()).isEqualTo(1);
            assertThat(trouble.leading()).isEqualTo(Degradation.TIMEOUT);
        });
    }

    @Test
    void norAreManyAmongFiveTimesAsMany() {
        add(80, null, 0);
        add(20, Degradation.TIMEOUT, 0);
        assertThat(recent.trouble(0)).isEmpty();
        add(1, Degradation.BUDGET, 0);
        assertThat(recent.trouble(0)).hasValueSatisfying(trouble -> {
            assertThat(trouble.share()).isEqualTo(21.0 / 101);
            assertThat(trouble.leading()).isEqualTo(Degradation.TIMEOUT);
        });
    }

    @Test
    void theReasonIsWhatOpenedTheBreakerAndNotTheBreaker() {
        add(11, Degradation.BREAKER_OPEN, 0);
        assertThat(recent.trouble(0).orElseThrow().leading()).isEqualTo(Degradation.BREAKER_OPEN);
        add(1, Degradation.UNPAID, 0);
        assertThat(recent.trouble(0).orElseThrow().leading()).isEqualTo(Degradation.UNPAID);
        add(2, Degradation.TIMEOUT, 0);
        assertThat(recent.trouble(0).orElseThrow().leading()).isEqualTo(Degradation.TIMEOUT);
    }

    @Test
    void theyAreForgottenAfterFiveMinutes() {
        add(10, Degradation.TIMEOUT, 9 * SECOND);
        assertThat(recent.trouble(299 * SECOND)).isPresent();
        assertThat(recent.trouble(301 * SECOND)).isEmpty();
        add(3, null, 305 * SECOND);
        assertThat(recent.trouble(305 * SECOND)).isEmpty();
    }

    @Test
    void aLateWriterDoesNotTakeAwayWhatIsNewer() {
        add(5, Degradation.TIMEOUT, 600 * SECOND);
        add(1, Degradation.BUDGET, 0); // the same slot, two windows ago
        assertThat(recent.trouble(600 * SECOND)).isPresent();
    }

    @Test
    void whatCallersAndOwnersDoThemselvesIsNoTrouble() {
        for (Degradation own : new Degradation[] {
            Degradation.PAUSED, Degradation.NO_REMOTE, Degradation.INTERRUPTED, Degradation.CLOSED
        }) {
            add(100, own, 0);
        }
        assertThat(recent.trouble(0)).isEmpty();
    }

    /** Against a list of all answers, over random times, those before zero among them. */
    @Test
    void countsWhatAListWouldCount() {
        Random random = new Random(5);
        for (int run = 0; run < 50; run++) {
            RecentAnswers counted = new RecentAnswers();
            long[] slots = new long[200];
            long[] fallbacks = new long[200];
            long start = (random.nextInt(2_000) - 1_000) * 10L * SECOND;
            int slot = 0;
            for (int i = 0; i < 400; i++) {
                slot = Math.min(199, slot + (random.nextInt(8) == 0 ? random.nextInt(10) : 0));
                boolean fallback = random.nextInt(3) == 0;
                slots[slot]++;
                fallbacks[slot] += fallback ? 1 : 0;
                counted.add(
                        start + slot * 10L * SECOND + random.nextInt(10) * SECOND,
                        fallback ? Degradation.TIMEOUT : null);
            }
            long all = 0;
            long failed = 0;
            for (int i = Math.max(0, slot - 29); i <= slot; i++) {
                all += slots[i];
                failed += fallbacks[i];
            }
            boolean expected = failed >= 5 && failed > 0.2 * all;
            assertThat(counted.trouble(start + slot * 10L * SECOND).isPresent()).isEqualTo(expected);
            if (expected) {
                assertThat(counted.trouble(start + slot * 10L * SECOND)
                                .orElseThrow()
                                .share())
                        .isEqualTo((double) failed / all);
            }
        }
    }

    @Test
    void theEngineSaysItWithTheCauseAndTheCureThoughEveryPartCallsItselfHealthy() {
        try (Bench bench = new Bench(options -> options.maxConsecutiveFailures(1_000))) {
            bench.model.always(FakeModel.failing(Reason.BUDGET));
            for (int i = 0; i < 10; i++) {
                bench.ask(Snapshots.complex(i));
                bench.time.advance(Duration.ofSeconds(1));
            }
            assertThat(bench.engine.health().status()).isEqualTo(Status.DEGRADED);
            assertThat(bench.engine.health().component("answers").orElseThrow().detail())
                    .isEqualTo(
                            "100 % of the complex scenarios of the last 5 minutes were answered by the rules, most for BUDGET: "
                                    + "the budget's cap is reached, or a price is unknown; raise the cap, or set the model's prices");

            bench.time.advance(Duration.ofMinutes(6));
            assertThat(bench.engine.health().component("answers")).isEmpty();
        }
    }

    @Test
    void cachedAnswersOfTheRulesToSimpleScenariosAreNotAmongThem() {
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers())) {
            bench.model.always(FakeModel.failing(Reason.BUDGET));
            for (int i = 0; i < 10; i++) {
                bench.ask(Snapshots.complex(i));
            }
            for (int i = 0; i < 100; i++) {
                bench.ask(Snapshots.simple());
            }
            assertThat(bench.engine.health().component("answers").orElseThrow().detail())
                    .startsWith("100 % of the complex scenarios");
        }
    }

    private void add(int count, @Nullable Degradation degradation, long nanos) {
        for (int i = 0; i < count; i++) {
            recent.add(nanos, degradation);
        }
    }
}
