package io.github.hybridinference.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.budget.BudgetState;
import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testkit.FakeModel;
import io.github.hybridinference.testkit.Fault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each suite run against an implementation with a fault: the tests named for it fail, and no other. */
class ContractsSeeFaultsTest {
    @Test
    void aCacheThatForgetsToExpire() {
        assertThat(failuresOf(StaleCacheCase.class))
                .contains("returnsNoEntryThatHasExpired", "keepsNoEntryFromTheFuture")
                .doesNotContain("findsWhatWasRemembered", "findsNothingWhereNothingWas");
    }

    @Test
    void aBudgetThatIsSoft() {
        assertThat(failuresOf(SoftBudgetCase.class)).contains("grantsUpToTheCapAndNotBeyond");
    }

    @Test
    void anAnonymizerThatLetsEverythingOut() {
        assertThat(failuresOf(LeakyAnonymizerCase.class))
                .containsExactlyInAnyOrder("letsNoFeatureOutThatWasNotDeclared");
    }

    @Test
    void aModelThatKnowsNoDeadline() {
        assertThat(failuresOf(DeadlinelessModelCase.class))
                .contains("itSendsNothingAfterTheDeadline")
                .doesNotContain("itsIdentityNeverChanges", "itReportsARefusedKeyAsOne");
    }

    private static List<String> failuresOf(Class<?> suite) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(suite))
                .execute()
                .testEvents()
                .failed()
                .stream()
                .map(Event::getTestDescriptor)
                .map(test -> test.getDisplayName().replaceFirst("\\(\\)$", ""))
                .toList();
    }

    // The names do not end with Test, so that the build does not run them by themselves.

    static final class StaleCacheCase extends SignalCacheContract {
        @Override
        protected SignalCache cache() {
            return new SignalCache() {
                private final Map<CacheKey, CachedSignal> entries = new HashMap<>();
                private long hits;
                private long misses;

                @Override
                public synchronized @Nullable CachedSignal peek(CacheKey key, long nowMs) {
                    CachedSignal entry = entries.get(key);
                    hits += entry == null ? 0 : 1;
                    return entry;
                }

                @Override
                public synchronized CompletionStage<Optional<CachedSignal>> get(
                        CacheKey key, long nowMs, Deadline deadline) {
                    CachedSignal entry = entries.get(key);
                    hits += entry == null ? 0 : 1;
                    misses += entry == null ? 1 : 0;
                    return CompletableFuture.completedFuture(Optional.ofNullable(entry));
                }

                @Override
                public synchronized void put(CacheKey key, CachedSignal signal, long nowMs) {
                    entries.put(key, signal);
                }

                @Override
                public synchronized CacheState state() {
                    return new CacheState("stale", entries.size(), hits, misses, Optional.empty());
                }
            };
        }
    }

    static final class SoftBudgetCase extends BudgetContract {
        @Override
        protected Budget oneDollarADay() {
            return new Budget() {
                @Override
                public CompletionStage<BudgetDecision> reserve(OptionalLong worstNanoUsd, Instant now) {
                    return CompletableFuture.completedFuture(new BudgetDecision.Granted(cost -> {}));
                }

                @Override
                public BudgetState state(Instant now) {
                    return new BudgetState(OptionalLong.of(1_000_000_000), 0, 0);
                }
            };
        }
    }

    static final class LeakyAnonymizerCase extends AnonymizerContract {
        @Override
        protected Anonymizer anonymizer() {
            return Anonymizer.standard(Feature.custom("my_model_score", 0, 1_000, 3));
        }
    }

    static final class DeadlinelessModelCase extends RemoteModelContract {
        @Override
        protected RemoteModel modelOf(Service service) {
            return switch (service) {
                case ANSWERS -> FakeModel.holding(0.5);
                case HANGS -> FakeModel.failing(Fault.SERVER_ERROR);
                case FAILS -> FakeModel.failing(Fault.OVERLOADED);
                case REFUSES_THE_KEY -> FakeModel.failing(Fault.UNAUTHORIZED);
            };
        }

        @Override
        protected void awaitRequest() {}

        @Override
        protected boolean awaitGivenUp() {
            return false;
        }
    }
}
