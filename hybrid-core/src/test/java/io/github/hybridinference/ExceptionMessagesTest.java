package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.anonymize.Noise;
import io.github.hybridinference.audit.LineWriter;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.testing.FakeModel;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each public call that refuses its arguments says which one is wrong, what is allowed and, unless it may be a secret or
 * market data, what was given.
 */
class ExceptionMessagesTest {
    private static final String SECRET = "d41c-hidden-figure";

    private static Arguments says(String call, ThrowingCallable mistake, Class<?> type, String... words) {
        return Arguments.of(call, mistake, type, words);
    }

    private static Arguments argument(String call, ThrowingCallable mistake, String... words) {
        return says(call, mistake, IllegalArgumentException.class, words);
    }

    private static Arguments state(String call, ThrowingCallable mistake, String... words) {
        return says(call, mistake, IllegalStateException.class, words);
    }

    private static Arguments missing(String call, ThrowingCallable mistake, String name) {
        return says(call, mistake, NullPointerException.class, name);
    }

    private static InferenceEngineBuilder engine() {
        return InferenceEngine.builder();
    }

    private static MarketSnapshot.Builder snapshot() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1);
    }

    static Stream<Arguments> engineBuilder() {
        Duration long_ = Duration.ofHours(2);
        return Stream.of(
                argument("timeout", () -> engine().timeout(long_), "timeout", "at most an hour", "PT2H"),
                argument("timeout 0", () -> engine().timeout(Duration.ZERO), "timeout", "positive", "PT0S"),
                argument("remoteTimeout", () -> engine().remoteTimeout(long_), "remoteTimeout", "an hour", "PT2H"),
                argument("breakerOpenFor", () -> engine().breakerOpenFor(long_), "breakerOpenFor", "hour", "PT2H"),
                argument("cacheTtl", () -> engine().cacheTtl(Duration.ofDays(2)), "cacheTtl", "a day", "PT48H"),
                argument("refreshAfter", () -> engine().refreshAfter(Duration.ZERO), "refreshAfter", "a day", "PT0S"),
                argument("maxAttempts", () -> engine().maxAttempts(11), "maxAttempts", "1 to 10", "11"),
                argument("maxCallsInFlight", () -> engine().maxCallsInFlight(0), "maxCallsInFlight", "positive", "0"),
                argument("maxWaiting", () -> engine().maxWaiting(-1), "maxWaiting", "0 or more", "-1"),
                argument(
                        "maxConsecutiveFailures",
                        () -> engine().maxConsecutiveFailures(-1),
                        "maxConsecutiveFailures",
                        "positive",
                        "-1"),
                argument("cachePerSymbol", () -> engine().cachePerSymbol(new byte[15]), "secret", "16 bytes", "15"),
                argument(
                        "customFeatures",
                        () -> engine().customFeatures(Feature.RSI_14),
                        "customFeatures",
                        "rsi_14",
                        "catalogue"),
                state(
                        "build",
                        () -> engine().timeout(Duration.ofSeconds(5))
                                .remoteTimeout(Duration.ofSeconds(4))
                                .build(),
                        "remoteTimeout",
                        "PT4S",
                        "timeout",
                        "PT5S"),
                state("remote twice", () -> engine().remote(new FakeModel()).remote(new FakeModel()), "thenRemote"),
                state("thenRemote first", () -> engine().thenRemote(new FakeModel()), "call remote before"),
                state(
                        "rules twice",
                        () -> engine().rules(LocalRuleModel.standard()).rules(LocalRuleModel.standard()),
                        "rules was already set"));
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                missing("timeout", () -> engine().timeout(null), "timeout"),
                missing("remoteTimeout", () -> engine().remoteTimeout(null), "remoteTimeout"),
                missing("breakerOpenFor", () -> engine().breakerOpenFor(null), "breakerOpenFor"),
                missing("cacheTtl", () -> engine().cacheTtl(null), "cacheTtl"),
                missing("refreshAfter", () -> engine().refreshAfter(null), "refreshAfter"),
                missing("cachePerSymbol", () -> engine().cachePerSymbol(null), "secret"),
                missing("customFeatures", () -> engine().customFeatures((Feature) null), "feature"),
                missing("remote", () -> engine().remote(null), "model"),
                missing("rules", () -> engine().rules(null), "rules"),
                missing("budget", () -> engine().budget(null), "budget"),
                missing("executor", () -> engine().executor(null), "executor"),
                missing("listener", () -> engine().listener(null), "listener"),
                missing("Budget.perDay", () -> Budget.perDay(null), "usd"),
                missing("Budget.perDay zone", () -> Budget.perDay("1", null), "zone"),
                missing("PriceTable.parse", () -> PriceTable.parse(null), "text"),
                missing("ApiKey.of", () -> ApiKey.of(null), "secret"),
                missing("Deadline.after", () -> Deadline.after(null), "timeout"),
                missing("Deadline.afterNanos", () -> Deadline.afterNanos(1, null), "nanoClock"),
                missing("tiered first", () -> SignalCache.tiered(null, SignalCache.none()), "first"),
                missing("tiered second", () -> SignalCache.tiered(SignalCache.none(), null), "second"),
                missing("symbol", () -> MarketSnapshot.builder(null, Timeframe.H1), "symbol"),
                missing("timeframe", () -> MarketSnapshot.builder("X", null), "timeframe"),
                missing("time", () -> snapshot().time(null), "close"),
                missing("feature", () -> snapshot().feature((Feature) null, 1), "feature"),
                missing("feature by name", () -> snapshot().feature((String) null, 1), "name"),
                missing("Feature.of", () -> Feature.of(null), "name"),
                missing("signal", () -> new CachedSignal(null, "m", "p", 1, 2), "signal"),
                missing(
                        "stopLossPct",
                        () -> new TradingSignal(Action.BUY, 1, RiskLevel.LOW, null, OptionalDouble.empty(), ""),
                        "stopLossPct"),
                missing("verdict action", () -> RuleVerdict.of(null, 0, RiskLevel.LOW, ""), "action"),
                missing("verdict risk", () -> RuleVerdict.of(Action.BUY, 0, null, ""), "risk"),
                missing("usage", () -> new Usage(0, 0, 0, 0, null), "costNanoUsd"),
                missing("rule", () -> LocalRuleModel.standard().with(null, 1), "rule"),
                missing("withNoise", () -> Anonymizer.withNoise(null), "noise"),
                missing("window", () -> noise().window(null), "length"));
    }

    private static Noise noise() {
        return Noise.seeded(1);
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                argument(
                        "extremeRsi",
                        () -> ScenarioClassifier.thresholds().extremeRsi(60, 80, 1),
                        "extremeRsi",
                        "low",
                        "[0, 50]",
                        "60.0"),
                argument(
                        "neutralRsi",
                        () -> ScenarioClassifier.thresholds().neutralRsi(45, 101),
                        "neutralRsi",
                        "high",
                        "[50, 100]",
                        "101.0"),
                argument("clearRsi", () -> ScenarioClassifier.thresholds().clearRsi(-1, 60), "clearRsi", "low", "-1.0"),
                argument(
                        "volumeRatio",
                        () -> ScenarioClassifier.thresholds().extremeRsi(20, 80, -2),
                        "volumeRatio",
                        "negative",
                        "-2.0"),
                argument(
                        "highVolatilityPct",
                        () -> ScenarioClassifier.thresholds().highVolatilityPct(0),
                        "highVolatilityPct",
                        "(0, 100]",
                        "0.0"),
                argument(
                        "calmVolatilityPct",
                        () -> ScenarioClassifier.thresholds().calmVolatilityPct(Double.NaN),
                        "calmVolatilityPct",
                        "(0, 100]",
                        "NaN"),
                argument(
                        "conflictWeight",
                        () -> ScenarioClassifier.thresholds().conflictWeight(0),
                        "conflictWeight",
                        "positive",
                        "0.0"),
                argument(
                        "decisiveScore",
                        () -> ScenarioClassifier.thresholds().decisiveScore(2),
                        "decisiveScore",
                        "(0, 1]",
                        "2.0"),
                argument("inMemory", () -> SignalCache.inMemory(-5), "maxEntries", "positive", "-5"),
                argument("window", () -> noise().window(Duration.ofSeconds(1)), "window", "a minute", "PT1S"),
                argument("amplitude", () -> noise().amplitude(2_000), "amplitude", "[0, 1000]", "2000.0"),
                argument(
                        "capacity",
                        () -> new LineWriter<String>(
                                "x",
                                OutputStream.nullOutputStream(),
                                line -> line.getBytes(StandardCharsets.UTF_8),
                                0,
                                Duration.ZERO),
                        "capacity",
                        "at least 1",
                        "0"),
                argument("reweigh", () -> LocalRuleModel.standard().reweigh("no_rule", 1), "no rule", "rsi_reversal"),
                argument(
                        "weight",
                        () -> LocalRuleModel.standard().reweigh("rsi_reversal", 0),
                        "weight",
                        "positive",
                        "0.0"),
                argument("blend", () -> LocalRuleModel.blend(Map.of()), "strategies", "at least one"),
                argument("usage", () -> new Usage(-1, 0, 0, 0, OptionalLong.empty()), "cachedInputTokens", "negative"),
                argument("cost", () -> new Usage(0, 0, 0, 0, OptionalLong.of(-1)), "costNanoUsd", "negative"),
                argument(
                        "fieldsDropped",
                        () -> Inference.local(
                                        () -> "",
                                        RuleVerdict.noData(),
                                        Scenario.simple(Scenario.Reason.CUSTOM),
                                        null,
                                        0,
                                        0)
                                .withFieldsDropped(-1),
                        "count",
                        "negative",
                        "-1"),
                argument("historyBars", () -> snapshot().historyBars(-1), "historyBars", "negative", "-1"));
    }

    /** Where what was given is a secret or market data, or may be by mistake. */
    static Stream<Arguments> secrets() {
        return Stream.of(
                argument("ApiKey", () -> ApiKey.of(SECRET + " " + SECRET), "API key", "1 to 8192"),
                argument("Budget", () -> Budget.perDay(SECRET), "US dollars", "5.00"),
                argument("symbol", () -> MarketSnapshot.builder(SECRET + "$", Timeframe.H1), "symbol", "1 to 64"),
                argument("rsi", () -> snapshot().rsi(41_411), "rsi_14", "[0.0, 100.0]"),
                argument("bollinger", () -> snapshot().bollinger(3, 2, 1), "lower, middle, upper"),
                argument("feature name", () -> snapshot().feature(SECRET, 1), "catalogue"),
                argument("price", () -> PriceTable.perMillionTokens().cachedInput(SECRET), "cachedInput", "0.15"),
                state("rsi twice", () -> snapshot().rsi(1).rsi(2), "rsi_14 was already set"),
                argument(
                        "figure that may not leave",
                        () -> AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                                .put(Feature.PRICE, 41_411),
                        "price",
                        "does not leave"),
                argument(
                        "figure out of range",
                        () -> AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                                .put(Feature.RSI_14, 41_411),
                        "rsi_14",
                        "[0.0, 100.0]"),
                state(
                        "figure twice",
                        () -> AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                                .put(Feature.RSI_14, 1)
                                .put(Feature.RSI_14, 2),
                        "rsi_14"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"engineBuilder", "nulls", "parts", "secrets"})
    void namesWhatIsWrong(String call, ThrowingCallable mistake, Class<?> type, String[] words) {
        Throwable thrown = catchThrowable(mistake);
        assertThat(thrown).as(call).isExactlyInstanceOf(type);
        assertThat(thrown.getMessage())
                .contains(words)
                .doesNotContain("<local", SECRET, "41411", "41,411")
                .doesNotContain("because \"");
    }
}
