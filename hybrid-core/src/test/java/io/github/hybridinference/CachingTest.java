package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleFigures;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is remembered, for whom and for how long. */
class CachingTest {
    private static final Instant BAR_END = ManualTime.START.plus(Duration.ofHours(1));

    @ParameterizedTest
    @EnumSource
    void givesARememberedAnswerItsOwnIdAndNoCost(Way way) {
        try (Bench bench = answering()) {
            Inference first = bench.ask(way, Snapshots.complex(1)).answer();
            bench.time.advanceMs(1_000);
            Inference second = bench.ask(way, Snapshots.complex(1)).answer();
            assertThat(second.source()).isEqualTo(Source.CACHE);
            assertThat(second.signal()).isEqualTo(first.signal());
            assertThat(second.decisionId()).isNotEqualTo(first.decisionId());
            assertThat(second.usage()).isEqualTo(Usage.NONE);
            assertThat(second.degradation()).isEmpty();
            assertThat(second.provenance().orElseThrow().answeredAt()).isEqualTo(ManualTime.START);
            assertThat(second.provenance().orElseThrow().promptVersion()).isEqualTo("fake-prompt");
            assertThat(second.validUntil()).isEqualTo(first.validUntil());
            assertThat(bench.model.attempts()).isEqualTo(1);
        }
    }

    @Test
    void forgetsAfterItsTime() {
        try (Bench bench = answering()) {
            assertThat(bench.ask(Snapshots.complex(1)).validUntil())
                    .isEqualTo(ManualTime.START.plus(Duration.ofMinutes(15)));
            bench.time.advance(Duration.ofMinutes(15).minusMillis(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
            bench.time.advanceMs(1);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void forgetsAtTheEndOfTheBarAfterTheSnapshots() {
        try (Bench bench = answering()) {
            bench.time.setWall(BAR_END.minusSeconds(60));
            assertThat(bench.ask(Snapshots.complex(1)).validUntil()).isEqualTo(BAR_END);
            bench.time.setWall(BAR_END);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void remembersNothingOfABarThatIsOverOnTheEnginesClock() {
        try (Bench bench = answering()) {
            bench.time.setWall(BAR_END.plusSeconds(1));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void remembersForAsLongAsItWasTold() {
        try (Bench bench = new Bench(options -> options.cacheTtl(Duration.ofSeconds(5)))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(Snapshots.complex(1)).validUntil()).isEqualTo(ManualTime.START.plusSeconds(5));
        }
    }

    @Test
    void neverRemembersAFallback() {
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers())) {
            bench.model.then(FakeModel.failing(Reason.REJECTED)).then(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.FALLBACK);
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void asksEachTimeWithoutACache() {
        try (Bench bench = new Bench(options -> options.cache(SignalCache.none()))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            bench.ask(Snapshots.complex(1));
            assertThat(bench.model.attempts()).isEqualTo(2);
        }
    }

    @Test
    void keepsSymbolsApartIfToldTo() {
        try (Bench bench = new Bench(options -> options.cacheScope(CacheScope.PER_SYMBOL))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(of("BTC-USDT")).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(of("ETH-USDT")).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.ask(of("BTC-USDT")).source()).isEqualTo(Source.CACHE);
            assertThat(bench.ask(of("ETH-USDT")).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void sharesByDefaultWhatTwoSymbolsWouldAskAlike() {
        try (Bench bench = answering()) {
            bench.ask(of("BTC-USDT"));
            assertThat(bench.ask(of("ETH-USDT")).source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void sharesAnswersOfASymbolAmongEnginesWithTheSameSecretOnly() {
        SignalCache shared = SignalCache.inMemory(100);
        byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        byte[] another = "another secret of 16 or more".getBytes(StandardCharsets.UTF_8);
        try (Bench one = new Bench(options -> options.cache(shared).cachePerSymbol(secret));
                Bench two = new Bench(options -> options.cache(shared).cachePerSymbol(secret));
                Bench stranger = new Bench(options -> options.cache(shared).cachePerSymbol(another))) {
            one.model.always(FakeModel.replying(Replies.BUY));
            stranger.model.always(FakeModel.replying(Replies.BUY));
            one.ask(of("BTC-USDT"));
            assertThat(two.ask(of("BTC-USDT")).source()).isEqualTo(Source.CACHE);
            assertThat(stranger.ask(of("BTC-USDT")).source()).isEqualTo(Source.REMOTE);
        }
    }

    @Test
    void keepsAnswersOfDifferentModelsApart() {
        SignalCache shared = SignalCache.inMemory(100);
        try (Bench one = new Bench(options -> options.cache(shared));
                Bench two = new Bench(options -> options.cache(shared).thenRemote(new FakeModel("second")))) {
            one.model.always(FakeModel.replying(Replies.BUY));
            two.model.always(FakeModel.replying(Replies.BUY));
            one.ask(Snapshots.complex(1));
            assertThat(two.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsForASharedCacheBeforeItAsks(Way way) {
        FakeCache cache = new FakeCache();
        cache.slow = new CompletableFuture<>();
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            assertThat(bench.model.attempts()).isZero();
            bench.time.advanceMs(20);
            cache.slow.complete(Optional.empty());
            assertThat(bench.model.attempts()).isEqualTo(1);
            bench.exchange().reply(Replies.BUY);
            assertThat(asked.answer().source()).isEqualTo(Source.REMOTE);

            cache.slow = null;
            assertThat(bench.ask(way, Snapshots.complex(1)).answer().source()).isEqualTo(Source.CACHE);
        }
    }

    @Test
    void asksWithoutASharedCacheThatFails() {
        FakeCache cache = new FakeCache();
        cache.slow = CompletableFuture.failedFuture(new IllegalStateException("down"));
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            bench.model.always(FakeModel.replying(Replies.BUY));
            assertThat(bench.ask(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
            assertThat(bench.engine.stats().errors()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksNoModelWhenTheSharedCacheTookAllTheTimeThereWas(Way way) {
        FakeCache cache = new FakeCache();
        cache.slow = new CompletableFuture<>();
        try (Bench bench = new Bench(options -> options.cache(cache))) {
            Way.Asked asked = bench.ask(way, Snapshots.complex(1));
            bench.time.advance(Bench.TIMEOUT);
            assertThat(asked.answer().degradation()).contains(Degradation.TIMEOUT);
            cache.slow.complete(Optional.empty());
            assertThat(bench.model.attempts()).isZero();
            assertThat(asked.answer().revision()).isCompletedWithValueMatching(Optional::isEmpty);
            assertThat(bench.time.pending()).isZero();
        }
    }

    @Test
    void keepsLocalAnswersInTheProcessWithoutWordsAndRoundedAsTheFiguresThatLeft() {
        SignalCache near = SignalCache.inMemory(100);
        FakeCache far = new FakeCache();
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers().cache(SignalCache.tiered(near, far)))) {
            MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .time(ManualTime.START)
                    .rsi(17.4321987)
                    .volumeRatio(1.9)
                    .volatilityPct(2.3456789)
                    .build();
            Inference first = bench.ask(snapshot);
            assertThat(first.signal().stopLossPct()).as("in full").hasValue(4.6913578);
            assertThat(first.signal().reasoning()).containsPattern("[0-9]");

            Inference second = bench.ask(snapshot);
            assertThat(second.source()).isEqualTo(Source.CACHE);
            assertThat(second.signal().action()).isEqualTo(first.signal().action());
            assertThat(second.signal().stopLossPct()).hasValue(4.8);
            assertThat(second.signal().takeProfitPct()).hasValue(9.6);
            assertThat(second.signal().confidence() * 100)
                    .isEqualTo(Math.rint(second.signal().confidence() * 100));
            assertThat(second.signal().reasoning()).isEqualTo("An earlier answer of the rules to the same figures.");
            assertThat(near.state().entries()).isEqualTo(1);
            assertThat(far.shared.state().entries()).isZero();
        }
    }

    @Test
    void keepsNoLocalAnswersInACacheThatIsOnlyElsewhere() {
        FakeCache far = new FakeCache();
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers().cache(far))) {
            bench.ask(Snapshots.simple());
            assertThat(bench.ask(Snapshots.simple()).source()).isEqualTo(Source.LOCAL);
            assertThat(far.shared.state().entries()).isZero();
        }
    }

    @Test
    void remembersLocalAnswersIfToldTo() {
        int[] evaluations = new int[1];
        int[] anonymizations = new int[1];
        try (Bench bench = new Bench(options -> options.cacheLocalAnswers()
                .rules(snapshot -> {
                    evaluations[0]++;
                    return LocalRuleModel.standard().evaluate(snapshot);
                })
                .anonymizer(snapshot -> {
                    anonymizations[0]++;
                    return Anonymizer.standard().anonymize(snapshot);
                }))) {
            Inference first = bench.ask(Snapshots.simple());
            Inference second = bench.ask(Snapshots.simple());
            assertThat(first.source()).isEqualTo(Source.LOCAL);
            assertThat(second.source()).isEqualTo(Source.CACHE);
            assertThat(second.signal())
                    .isEqualTo(RuleFigures.asLeft(
                            first.signal(), Anonymizer.standard().anonymize(Snapshots.simple())));
            assertThat(second.scenario().isComplex()).isFalse();
            assertThat(evaluations[0]).isEqualTo(1);
            assertThat(anonymizations[0]).isEqualTo(2);

            bench.model.then(FakeModel.replying(Replies.BUY));
            bench.ask(Snapshots.complex(1));
            assertThat(anonymizations[0]).as("once a request").isEqualTo(3);
            Inference complex = bench.ask(Snapshots.complex(1));
            assertThat(complex.source()).isEqualTo(Source.CACHE);
            assertThat(complex.scenario().isComplex()).isTrue();
            assertThat(evaluations[0]).isEqualTo(2);
        }
    }

    @Test
    void remembersNoLocalAnswerOtherwise() {
        try (Bench bench = answering()) {
            bench.ask(Snapshots.simple());
            assertThat(bench.ask(Snapshots.simple()).source()).isEqualTo(Source.LOCAL);
        }
    }

    private static Bench answering() {
        Bench bench = new Bench();
        bench.model.always(FakeModel.replying(Replies.BUY));
        return bench;
    }

    private static MarketSnapshot of(String symbol) {
        return Snapshots.complex(1, symbol, ManualTime.START);
    }
}
