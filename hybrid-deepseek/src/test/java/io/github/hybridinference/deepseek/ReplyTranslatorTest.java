package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTranslatorTest {
    /** A Tuesday. */
    private static final Instant PEAK = Instant.parse("2026-11-24T01:30:00Z");

    private static final Instant OFF_PEAK = Instant.parse("2026-11-24T05:00:00Z");

    @Test
    void handsOnTheTextUnread() {
        RemoteReply reply = translate(Replies.GOOD);

        assertThat(reply.text()).isEqualTo(Replies.CONTENT.replace("\\\"", "\""));
        assertThat(reply.finish()).isEqualTo(Finish.STOP);
        assertThat(reply.model()).isEqualTo("deepseek-flash");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"   \"", "17", "[{\"type\":\"text\"}]", "{}"})
    void readsMissingContentAsBlank(String content) {
        assertThat(translate(Replies.completion(content, "\"stop\"")).text()).isBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"stop\"',STOP",
        "'\"length\"',LENGTH",
        "'\"content_filter\"',CONTENT_FILTER",
        "'\"tool_calls\"',TOOL_CALLS",
        "'\"insufficient_system_resource\"',INSUFFICIENT_RESOURCES",
        "'\"STOP\"',UNKNOWN",
        "null,UNKNOWN",
        "1,UNKNOWN"
    })
    void readsWhyTheModelStopped(String json, Finish finish) {
        assertThat(translate(Replies.completion("\"x\"", json)).finish()).isEqualTo(finish);
    }

    @Test
    void countsTheTokensThatDeepSeekCounts() {
        assertThat(translate(Replies.GOOD).usage()).isEqualTo(new Usage(128, 162, 53, 0, OptionalLong.of(56_484)));
    }

    @Test
    void paysThePriceOfTheMomentOfTheAnswer() {
        assertThat(translator(PEAK)
                        .translate(Texts.question(), answer(Replies.GOOD))
                        .usage()
                        .costNanoUsd())
                .hasValue(128 * 6 + 162 * 300 + 53 * 1_200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"prompt_tokens":100,"completion_tokens":20,"prompt_tokens_details":{"cached_tokens":64}}           |64|36|20|0
            {"prompt_tokens":100,"completion_tokens":20,"total_tokens":150,"prompt_tokens_details":null}        |0|100|50|0
            {"prompt_tokens":100,"completion_tokens":20,"completion_tokens_details":{"reasoning_tokens":7}}     |0|100|20|7
            {"prompt_tokens":100,"completion_tokens":20,"prompt_cache_hit_tokens":100,"cost":{"x":[1,2]}}       |100|0|20|0
            """)
    void countsTheTokensThatOtherServicesCount(String usage, long cached, long other, long output, long reasoning) {
        String body = Replies.GOOD.replace(Replies.USAGE, "\"usage\":" + usage);
        Usage read = translate(body).usage();

        assertThat(new Usage(
                        read.cachedInputTokens(),
                        read.inputTokens(),
                        read.outputTokens(),
                        read.reasoningTokens(),
                        OptionalLong.empty()))
                .isEqualTo(new Usage(cached, other, output, reasoning, OptionalLong.empty()));
        assertThat(read.costNanoUsd()).hasValue(cached * 3 + other * 150 + output * 600);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "[]",
                "{\"prompt_tokens\":-1,\"completion_tokens\":2}",
                "{\"prompt_tokens\":1e3,\"completion_tokens\":2}",
                "{\"prompt_tokens\":99999999999999999999999,\"completion_tokens\":2}",
                "{\"prompt_tokens\":5,\"completion_tokens\":2,\"prompt_cache_hit_tokens\":6}"
            })
    void doesNotGuessATokenCount(String usage) {
        String body = Replies.GOOD.replace(Replies.USAGE, "\"usage\":" + usage);

        assertThat(translate(body).usage().costNanoUsd()).isEmpty();
    }

    @Test
    void anUnknownModelCostsAnUnknownAmount() {
        ReplyTranslator other = translator("other", OFF_PEAK);
        String body = Replies.GOOD.replace("deepseek-flash", "other-2026");

        assertThat(other.translate(Texts.question(), answer(body)).usage().costNanoUsd())
                .isEmpty();
        assertThat(other.translate(Texts.question(), answer(body)).usage().inputTokens())
                .isEqualTo(162);
    }

    @Test
    void namesTheModelThatAnsweredIfTheNameCanBeShown() {
        assertThat(translate(Replies.GOOD.replace("deepseek-flash", "deepseek-v4-pro"))
                        .model())
                .isEqualTo("deepseek-v4-pro");
        assertThat(translate(Replies.GOOD.replace("deepseek-flash", "<b>\\n")).model())
                .isEqualTo("deepseek-flash");
    }

    @Test
    void survivesEveryTruncation() {
        for (int length = 1; length < Replies.GOOD.length(); length++) {
            String body = Replies.GOOD.substring(0, length);
            assertThrows(RemoteException.class, () -> translate(body));
        }
    }

    @Test
    void refusesNestingWithoutEnd() {
        String body = "{\"a\":" + "[".repeat(100_000);
        assertThrows(RemoteException.class, () -> translate(body));
    }

    private static RemoteReply translate(String body) {
        return translator(OFF_PEAK).translate(Texts.question(), answer(body));
    }

    private static ReplyTranslator translator(Instant now) {
        return translator("deepseek-flash", now);
    }

    private static ReplyTranslator translator(String model, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new ReplyTranslator(new ChatCosts(model, PriceTable.standard(), clock, ChatPrompt.STANDARD, 200), clock);
    }

    private static Response answer(String body) {
        return new Response(200, name -> null, Body.of(body.getBytes(StandardCharsets.UTF_8)));
    }
}
