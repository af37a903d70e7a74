package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.CacheScope;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes are refused at the call that makes them. */
class InferenceEngineBuilderTest {
    private final InferenceEngineBuilder builder = InferenceEngine.builder();

    static Stream<UnaryOperator<InferenceEngineBuilder>> optionsThatAreSetOnce() {
        FakeModel model = new FakeModel();
        return Stream.of(
                options -> options.remote(model),
                options -> options.remoteEnabled(true),
                options -> options.rules(LocalRuleModel.standard()),
                options -> options.classifier(ScenarioClassifier.thresholds()),
                options -> options.anonymizer(Anonymizer.standard()),
                options -> options.replyVerifier(ReplyVerifier.standard()),
                options -> options.budget(Budget.unlimited()),
                options -> options.cache(SignalCache.none()),
                options -> options.cacheScope(CacheScope.SHARED),
                options -> options.cachePerSymbol(new byte[16]),
                options -> options.cacheTtl(Duration.ofDays(1)),
                options -> options.refreshAfter(Duration.ofDays(1)),
                options -> options.callLease(CallLease.alone()),
                options -> options.timeout(Duration.ofHours(1)),
                options -> options.remoteTimeout(Duration.ofHours(1)),
                options -> options.breakerOpenFor(Duration.ofHours(1)),
                options -> options.maxAttempts(3),
                options -> options.maxCallsInFlight(256),
                options -> options.maxWaiting(10_000),
                options -> options.maxConsecutiveFailures(5),
                options -> options.executor(Runnable::run),
                options -> options.scheduler(new ManualTime().scheduler()),
                options -> options.clock(Clock.systemUTC()),
                options -> options.nanoClock(System::nanoTime),
                options -> options.random(new Random(1)));
    }

    @ParameterizedTest
    @MethodSource("optionsThatAreSetOnce")
    void takesAnOptionOnceAndNotAgain(UnaryOperator<InferenceEngineBuilder> option) {
        assertThatCode(() -> option.apply(builder)).doesNotThrowAnyException();
        assertThatIllegalStateException()
                .isThrownBy(() -> option.apply(builder))
                .withMessageContaining("already set");
    }

    static Stream<UnaryOperator<InferenceEngineBuilder>> optionsOutOfRange() {
        Duration beyondHours = Duration.ofHours(1).plusNanos(1);
        Duration beyondDays = Duration.ofDays(1).plusNanos(1);
        return Stream.of(
                options -> options.timeout(Duration.ZERO),
                options -> options.timeout(Duration.ofNanos(-1)),
                options -> options.timeout(beyondHours),
                options -> options.remoteTimeout(Duration.ZERO),
                options -> options.remoteTimeout(beyondHours),
                options -> options.breakerOpenFor(Duration.ZERO),
                options -> options.breakerOpenFor(beyondHours),
                options -> options.cacheTtl(Duration.ZERO),
                options -> options.cacheTtl(beyondDays),
                options -> options.refreshAfter(Duration.ZERO),
                options -> options.refreshAfter(beyondDays),
                options -> options.maxAttempts(0),
                options -> options.maxAttempts(11),
                options -> options.maxCallsInFlight(0),
                options -> options.maxWaiting(-1),
                options -> options.maxConsecutiveFailures(0),
                options -> options.cachePerSymbol(new byte[15]),
                options -> options.customFeatures(Feature.RSI_14));
    }

    @ParameterizedTest
    @MethodSource("optionsOutOfRange")
    void refusesWhatIsOutOfRange(UnaryOperator<InferenceEngineBuilder> option) {
        assertThatIllegalArgumentException().isThrownBy(() -> option.apply(builder));
    }

    static Stream<UnaryOperator<InferenceEngineBuilder>> missingParts() {
        return Stream.of(
                options -> options.remote(null),
                options -> options.remote(new FakeModel()).thenRemote(null),
                options -> options.rules(null),
                options -> options.classifier(null),
                options -> options.anonymizer(null),
                options -> options.replyVerifier(null),
                options -> options.budget(null),
                options -> options.listener(null),
                options -> options.cache(null),
                options -> options.cacheScope(null),
                options -> options.cachePerSymbol(null),
                options -> options.cacheTtl(null),
                options -> options.refreshAfter(null),
                options -> options.callLease(null),
                options -> options.timeout(null),
                options -> options.executor(null),
                options -> options.scheduler(null),
                options -> options.clock(null),
                options -> options.nanoClock(null),
                options -> options.random(null));
    }

    @ParameterizedTest
    @MethodSource("missingParts")
    void refusesNull(UnaryOperator<InferenceEngineBuilder> option) {
        assertThatNullPointerException().isThrownBy(() -> option.apply(builder));
    }

    @Test
    void refusesASecondModelWithoutAFirst() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.thenRemote(new FakeModel()))
                .withMessageContaining("call remote before");
    }

    @Test
    void refusesAScopeThatContradictsTheSecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.cachePerSymbol(new byte[16]).cacheScope(CacheScope.SHARED));
    }

    @Test
    void refusesARemoteTimeoutThatIsShorterThanTheTimeout() {
        builder.timeout(Duration.ofSeconds(5)).remoteTimeout(Duration.ofSeconds(4));
        assertThatIllegalStateException().isThrownBy(builder::build);
    }

    @Test
    void stretchesTheDefaultRemoteTimeoutToTheTimeout() {
        try (Bench bench = new Bench(options -> options.timeout(Duration.ofSeconds(20)))) {
            bench.ask(Way.ASYNC, Snapshots.complex(1));
            assertThat(bench.exchange().request().deadline().remaining()).isEqualTo(Duration.ofSeconds(20));
        }
    }

    @Test
    void copiesTheSecret() {
        SignalCache shared = SignalCache.inMemory(10);
        byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
        try (Bench one = new Bench(options -> {
                    InferenceEngineBuilder set = options.cache(shared).cachePerSymbol(secret);
                    secret[0] = 'x';
                    return set;
                });
                Bench other = new Bench(options -> {
                    secret[0] = '0';
                    return options.cache(shared).cachePerSymbol(secret);
                })) {
            one.model.always(FakeModel.replying(Replies.BUY));
            one.ask(Snapshots.complex(1));
            assertThat(other.ask(Snapshots.complex(1)).source()).isEqualTo(Source.CACHE);
        }
    }
}
