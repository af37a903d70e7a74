package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an engine with the real adapter books for a call, from the tokens that the service reports. */
class EngineSpendingTest {
    /** A Tuesday, off-peak. */
    private static final Instant OFF_PEAK = Instant.parse("2026-11-24T12:00:00Z");

    private static final Duration LONG = Duration.ofMinutes(2);

    private final Budget budget = Budget.perDay("1.00");

    @ParameterizedTest
    @CsvSource({"2026-11-24T12:00:00Z,1", "2026-11-24T02:00:00Z,2"})
    void booksWhatTheTokensCostAtThatHour(Instant now, long times) throws Exception {
        long cost = times * (128 * 3 + 162 * 150 + 53 * 600); // nano-dollars: cached input, other input, output
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                InferenceEngine engine = engine(model(server, now), now).build()) {
            Inference answer = engine.infer(Texts.market(1));

            assertThat(answer.usage().costNanoUsd()).hasValue(cost);
            assertSpent(cost);
            assertThat(engine.stats().totalCostNanoUsd()).isEqualTo(cost);
        }
    }

    @ParameterizedTest
    @CsvSource({"RESET_IN_THE_BODY, 3", "CLOSED_BEFORE_THE_ANSWER, 3", "HTML_WITH_200, 1"})
    void booksAllThatWasSetAsideForEachAttemptWhoseTokensWereNeverSeen(Fault fault, int attempts) throws Exception {
        try (ScriptedServer server = new ScriptedServer(fault.script());
                DeepSeek model = model(server, OFF_PEAK).build();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(model)
                        .budget(budget)
                        .timeout(LONG)
                        .clock(Clock.fixed(OFF_PEAK, ZoneOffset.UTC))
                        .random(() -> 0)
                        .build()) {
            assertThat(engine.infer(Texts.market(1)).source()).isEqualTo(Source.FALLBACK);

            assertThat(server.requests()).isEqualTo(attempts);
            long quote = model.worstCostNanoUsd(Texts.question()).orElseThrow();
            assertThat(spent())
                    .isBetween(attempts * quote / 2, attempts * quote); // the question there has more figures
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"STATUS_503", "STATUS_429", "STATUS_401"})
    void booksNothingForACallThatTheServiceRefused(Fault fault) throws Exception {
        try (ScriptedServer server = new ScriptedServer(fault.script());
                InferenceEngine engine =
                        engine(model(server, OFF_PEAK), OFF_PEAK).maxAttempts(1).build()) {
            assertThat(engine.infer(Texts.market(1)).source()).isEqualTo(Source.FALLBACK);

            assertSpent(0);
        }
    }

    @Test
    void asksNoModelOfUnknownPriceUnderACapUntilItIsGivenOne() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD))) {
            DeepSeekBuilder unknown = model(server, OFF_PEAK).model("new-model");
            try (InferenceEngine engine = engine(unknown, OFF_PEAK).build()) {
                assertThat(engine.infer(Texts.market(1)).degradation()).contains(Degradation.BUDGET);
                assertThat(server.requests()).isZero();
            }
            DeepSeekBuilder priced = model(server, OFF_PEAK).model("new-model").prices(PriceTable.parse("""
                            model,from,to,hours,cache_hit,cache_miss,output
                            new-model,2026-01-01,,,0.001,0.002,0.003
                            """));
            try (InferenceEngine engine = engine(priced, OFF_PEAK).build()) {
                assertThat(engine.infer(Texts.market(1)).source()).isEqualTo(Source.REMOTE);
                assertSpent(128 + 162 * 2 + 53 * 3);
            }
        }
    }

    private static DeepSeekBuilder model(ScriptedServer server, Instant now) {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint(server.url()).clock(Clock.fixed(now, ZoneOffset.UTC));
    }

    private InferenceEngineBuilder engine(DeepSeekBuilder model, Instant now) {
        return InferenceEngine.builder()
                .remote(model.build())
                .budget(budget)
                .timeout(LONG)
                .clock(Clock.fixed(now, ZoneOffset.UTC))
                .ownParts();
    }

    private void assertSpent(long nanoUsd) {
        assertThat(spent()).isEqualTo(nanoUsd);
        assertThat(budget.state(OFF_PEAK).reservedNanoUsd()).isZero();
    }

    private long spent() {
        return budget.state(OFF_PEAK).spentNanoUsd();
    }
}
