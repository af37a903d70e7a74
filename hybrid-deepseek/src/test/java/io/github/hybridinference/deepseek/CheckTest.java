package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.deepseek.CheckReport.Kind;
import io.github.hybridinference.deepseek.CheckReport.Outcome;
import io.github.hybridinference.deepseek.ScriptedServer.Script;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ReplyProblem;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the check finds at services that work, work badly, or do not work. */
class CheckTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final String DATE = "date: Sat, 28 Nov 2026 12:00:00 GMT\r\n";
    private static final String LIST = "{\"object\":\"list\",\"data\":[]}";

    @Test
    void findsNothingWrongWithAServiceThatDoesAllThatIsNeeded() {
        CheckReport report = check(ok(Replies.GOOD));

        assertThat(report.steps()).extracting(CheckReport.Step::kind).containsExactly(Kind.values());
        assertThat(report.steps()).allSatisfy(step -> assertThat(step.outcome()).isEqualTo(Outcome.OK));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.isReachable()).isTrue();
        assertThat(report.model()).contains("deepseek-flash");
        assertThat(report.cause()).isEmpty();
        assertThat(report.latencyNanos().orElseThrow()).isPositive();
        long cost = report.usage().costNanoUsd().orElseThrow();
        assertThat(cost)
                .isPositive()
                .isLessThanOrEqualTo(report.worstCostNanoUsd().orElseThrow());
        assertThat(report.toString())
                .contains("check of 127.0.0.1:", "JSON mode", "ms", "US dollars")
                .endsWith("usable")
                .doesNotContain(Texts.KEY, "not usable");
    }

    @ParameterizedTest
    @CsvSource({"401 Unauthorized,UNAUTHORIZED", "402 Payment Required,UNPAID", "429 Too Many Requests,RATE_LIMITED"})
    void spendsNothingWhereTheListOfModelsIsRefused(String status, String cause) {
        try (ScriptedServer server = new ScriptedServer(Replies.response(status, "", ""));
                DeepSeek model = builder(server).build()) {
            CheckReport report = model.check();
            assertThat(report.isUsable()).isFalse();
            assertThat(report.isReachable()).isTrue();
            assertThat(report.cause()).contains(cause);
            assertThat(server.requests()).isEqualTo(1);
            assertThat(server.takeRequests().get(0)).startsWith("GET /models ");
            assertThat(report.usage().costNanoUsd()).hasValue(0);
        }
    }

    @Test
    void asksAServiceWithoutAListOfModelsAllTheSame() {
        CheckReport report = check(builder -> builder, Replies.response("404 Not Found", "", ""), ok(Replies.GOOD));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.step(Kind.SERVICE).orElseThrow().detail()).contains("404");
    }

    @Test
    void saysThatAHostIsNotFound() {
        try (DeepSeek model = DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("https://nowhere.invalid")
                .build()) {
            CheckReport report = model.check();
            assertThat(report.isUsable()).isFalse();
            assertThat(report.isReachable()).isFalse();
            assertThat(report.cause()).contains("NAME_NOT_FOUND");
            assertThat(report.toString()).contains("nowhere.invalid", FailureCause.NAME_NOT_FOUND.cure());
        }
    }

    @Test
    void saysWhatHelpsAgainstAReplyThatWasCutOff() {
        CheckReport report = check(ok(Replies.completion("\"{\"", "\"length\"")));
        assertThat(report.toString()).contains(ReplyProblem.TRUNCATED.cure()).doesNotContain("JSON mode, or a model");
    }

    @Test
    void saysThatThereIsNoKey() {
        Supplier<ApiKey> none = () -> {
            throw new IllegalStateException("no key today");
        };
        try (DeepSeek model =
                DeepSeek.builder().apiKey(none).endpoint("http://127.0.0.1:9").build()) {
            CheckReport report = model.check();
            assertThat(report.cause()).contains("NO_KEY");
            assertThat(report.step(Kind.CONNECTION)).isEmpty();
            assertThat(report.step(Kind.SERVICE).orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        }
    }

    @Test
    void saysThatAPageAnswers() {
        CheckReport report = check(ok("<html>Welcome</html>"));
        assertThat(report.cause()).contains("NOT_JSON");
        assertThat(report.toString()).contains("is /v1 missing").endsWith("not usable");
        assertThat(report.usage().costNanoUsd()).isEmpty(); // it was sent, and what it cost was not seen
    }

    @Test
    void saysThatProseIsNoAnswer() {
        CheckReport report = check(ok(Replies.completion("\"I would buy, I think.\"", "\"stop\"")));
        assertThat(report.cause()).contains("NO_OBJECT");
        assertThat(report.step(Kind.JSON).orElseThrow().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.usage().costNanoUsd().orElseThrow()).isPositive();
    }

    @Test
    void warnsOfAFenceAroundTheObjectAndOfThoughts() {
        CheckReport report = check(ok(Replies.completion("\"```json\\n" + Replies.CONTENT + "\\n```\"", "\"stop\"")
                .replace("\"reasoning_tokens\":0", "\"reasoning_tokens\":41")));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.step(Kind.JSON).orElseThrow().outcome()).isEqualTo(Outcome.WARNING);
        assertThat(report.step(Kind.THINKING).orElseThrow().detail()).startsWith("41 reasoning tokens");
    }

    @Test
    void warnsOfAModelWithoutAPriceAndOfAnotherModel() {
        CheckReport report = check(builder -> builder.model("house-model"), list(), ok(Replies.GOOD));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.worstCostNanoUsd()).isEmpty();
        assertThat(report.step(Kind.PRICE).orElseThrow().detail()).contains("set prices");
        assertThat(report.step(Kind.MODEL).orElseThrow().detail()).contains("house-model", "deepseek-flash");
    }

    @Test
    void warnsOfAClockThatIsWrong() {
        CheckReport report = check(
                builder -> builder.clock(Clock.fixed(NOW.minusSeconds(90), ZoneOffset.UTC)), list(), ok(Replies.GOOD));
        assertThat(report.isUsable()).isTrue();
        assertThat(report.step(Kind.CLOCK).orElseThrow().detail()).contains("90 s behind");
    }

    private static CheckReport check(Script completion) {
        return check(builder -> builder.clock(Clock.fixed(NOW, ZoneOffset.UTC)), list(), completion);
    }

    private static CheckReport check(UnaryOperator<DeepSeekBuilder> settings, Script list, Script completion) {
        Script[] next = {list, completion};
        int[] number = {0};
        try (ScriptedServer server = new ScriptedServer((socket, out) -> {
                    next[number[0]++].answer(socket, out);
                });
                DeepSeek model = settings.apply(builder(server)).build()) {
            return model.check();
        }
    }

    private static DeepSeekBuilder builder(ScriptedServer server) {
        return DeepSeek.builder().apiKey(Texts.KEY).endpoint(server.url());
    }

    private static Script list() {
        return Replies.response("200 OK", DATE, LIST);
    }

    private static Script ok(String body) {
        return (socket, out) -> out.write(("HTTP/1.1 200 OK\r\n" + DATE + "content-length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
    }
}
