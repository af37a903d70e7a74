package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.reply.ReplyCorpus.Entry;
import io.github.hybridinference.reply.ReplyVerifier.Accepted;
import io.github.hybridinference.reply.ReplyVerifier.Rejected;
import io.github.hybridinference.reply.ReplyVerifier.Verification;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictReplyVerifierTest {
    private final ReplyVerifier verifier = ReplyVerifier.standard();

    @ParameterizedTest
    @ValueSource(strings = {"shape.txt", "fields.txt"})
    void decidesAsTheCorpusSays(String file) {
        List<String> surprises = ReplyCorpus.entries(file).stream()
                .filter(entry -> !inWords(verify(entry.reply())).equals(entry.expected()))
                .map(entry -> entry.place() + ": " + inWords(verify(entry.reply())) + ", not " + entry.expected())
                .toList();

        assertThat(surprises).isEmpty();
    }

    @Test
    void theCorpusIsBroad() {
        Set<String> expected = new HashSet<>();
        List<Entry> entries = ReplyCorpus.all();
        entries.forEach(entry -> expected.add(entry.expected()));

        assertThat(entries).hasSizeGreaterThan(200);
        assertThat(expected)
                .contains(Stream.of(ReplyProblem.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void takesEveryFieldAsItWasWritten() {
        TradingSignal signal = accepted("""
                {"action":"SELL","confidence":0.78,"risk":"high","stop_loss_pct":1.25,"take_profit_pct":3,
                 "evidence":{"rsi_14":28,"volatility":2.1},"reasoning":"Momentum fades."}""");

        assertThat(signal)
                .isEqualTo(new TradingSignal(
                        Action.SELL,
                        0.78,
                        RiskLevel.HIGH,
                        OptionalDouble.of(1.25),
                        OptionalDouble.of(3),
                        "The model advises SELL on rsi_14 = 27 and volatility_pct = 2.2.",
                        List.of(new Evidence("rsi_14", 27), new Evidence("volatility_pct", 2.2)),
                        "Momentum fades."));
    }

    @Test
    void readsEveryRisk() {
        Map<String, RiskLevel> risks = Map.of(
                "low",
                RiskLevel.LOW,
                "Medium",
                RiskLevel.MEDIUM,
                "HIGH",
                RiskLevel.HIGH,
                "低",
                RiskLevel.LOW,
                "中",
                RiskLevel.MEDIUM,
                "高",
                RiskLevel.HIGH);

        risks.forEach((word, risk) -> assertThat(accepted(ReplyCorpus.object(Map.of("risk", '"' + word + '"')))
                        .risk())
                .isEqualTo(risk));
    }

    @Test
    void leavesOutTheDistancesThatHoldLeavesOut() {
        TradingSignal signal = accepted(
                ReplyCorpus.object(Map.of("action", "\"HOLD\"", "stop_loss_pct", "null", "take_profit_pct", "")));

        assertThat(signal.stopLossPct()).isEmpty();
        assertThat(signal.takeProfitPct()).isEmpty();
    }

    @Test
    void keepsTheDistancesThatHoldGives() {
        TradingSignal signal = accepted(ReplyCorpus.object(Map.of("action", "\"HOLD\"")));

        assertThat(signal.stopLossPct()).hasValue(2.0);
        assertThat(signal.takeProfitPct()).hasValue(4.5);
    }

    @ParameterizedTest
    @CsvSource({
        "0.02, 0.005, true", // a quiet minute bar of a currency pair
        "0.02, 0.0049, false",
        "0.2, 0.01, true",
        "0.2, 0.0099, false",
        "6, 0.3, true",
        "6, 0.02, false", // a fraction mistaken for percent
        "NaN, 0.05, true",
        "NaN, 0.049, false"
    })
    void refusesDistancesTooCloseToThePrice(double volatilityPct, double distancePct, boolean accepted) {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(Timeframe.M1, Resolution.FINE);
        if (!Double.isNaN(volatilityPct)) {
            builder.put(Feature.VOLATILITY_PCT, volatilityPct);
        }
        AnonymizedSnapshot sent = builder.build();
        for (String field : List.of("stop_loss_pct", "take_profit_pct")) {
            RemoteReply reply = ReplyCorpus.reply(ReplyCorpus.object(Map.of(field, String.valueOf(distancePct))));

            assertThat(inWords(verifier.verify(reply, sent))).isEqualTo(accepted ? "BUY 0.7" : "BAD_DISTANCE");
        }
    }

    @Test
    void readsNegativeZeroAsZero() {
        TradingSignal signal = accepted(ReplyCorpus.object(Map.of("action", "\"HOLD\"", "confidence", "-0.0")));

        assertThat(Double.doubleToRawLongBits(signal.confidence())).isZero();
    }

    @Test
    void cutsTheCommentaryToFiveHundredCharacters() {
        assertThat(commentaryOf("x".repeat(500))).isEqualTo("x".repeat(500));
        assertThat(commentaryOf("x".repeat(501))).isEqualTo("x".repeat(500));
        assertThat(commentaryOf("x".repeat(499) + "\ud83d\ude00y")).isEqualTo("x".repeat(499));
    }

    @Test
    void takesInvisibleCharactersOutOfTheCommentary() {
        assertThat(commentaryOf("\\u0000U\\u0007p\\u001b[m \\u202eand\\u202c\\ufeff up\\u200b\\u00ad.\\u2066\\u0085"))
                .isEqualTo("Up[m and up.");
        assertThat(commentaryOf("a\\nb\\tc\\r\\nd\\u2028e\\u2029f\\u0085g\\u000bh"))
                .isEqualTo("a b c  d e f g h");
        assertThat(commentaryOf("a\\ud800b\\udc00c")).isEqualTo("abc");
        assertThat(commentaryOf("tag \udb40\udc41 gone")).isEqualTo("tag  gone");
        assertThat(commentaryOf("  趋势向上 é \ud83d\ude00 ~ ")).isEqualTo("趋势向上 é \ud83d\ude00 ~");
    }

    @Test
    void findsTheEndOfAStringPastWhatIsEscaped() {
        assertThat(commentaryOf("so \\\"} it says")).isEqualTo("so \"} it says");
        assertThat(commentaryOf("a \\\\\\\"{")).isEqualTo("a \\\"{");

        String endsWithABackslash = ReplyCorpus.object(Map.of("reasoning", "\"a\\\\\""));
        assertThat(inWords(verify(ReplyCorpus.reply(endsWithABackslash + endsWithABackslash))))
                .isEqualTo("SEVERAL_OBJECTS");
    }

    @Test
    void isNotFooledByANumberThatTheCutGoesThrough() {
        String evidence = "{\"rsi_14\":27}";
        for (String end : List.of("RSI 27", "RSI为27", "eighty")) {
            String words = "x".repeat(500 - end.length()).replaceFirst("xx$", ", ") + end + "5 and eleven";
            TradingSignal signal =
                    accepted(ReplyCorpus.object(Map.of("reasoning", ReplyCorpus.quoted(words), "evidence", evidence)));

            assertThat(signal.commentary()).doesNotContain("27", "eighty");
        }
    }

    @Test
    void acceptsNoAnswerWithoutEvidenceIfSomeIsRequired() {
        StrictReplyVerifier requiring = ReplyVerifier.standard().requireEvidence();
        for (String none : List.of("", "null", "{}", "[]", "{\"rsi_14\":null}")) {
            RemoteReply reply = ReplyCorpus.reply(ReplyCorpus.object(Map.of("evidence", none)));

            assertThat(inWords(requiring.verify(reply, ReplyCorpus.SENT))).isEqualTo("BAD_EVIDENCE");
            assertThat(inWords(verify(reply))).isEqualTo("BUY 0.7");
        }
        RemoteReply some = ReplyCorpus.reply(ReplyCorpus.object(Map.of("evidence", "{\"rsi_14\":27}")));
        assertThat(inWords(requiring.verify(some, ReplyCorpus.SENT))).isEqualTo("BUY 0.7");
        assertThat(inWords(requiring
                        .reasoningIn(Language.CHINESE)
                        .verify(ReplyCorpus.reply(ReplyCorpus.object(Map.of("evidence", "{}"))), ReplyCorpus.SENT)))
                .isEqualTo("BAD_EVIDENCE");
    }

    @Test
    void writesTheReasoningItself() {
        String two = ReplyCorpus.object(Map.of("evidence", "{\"macd\":-0.2,\"rsi_14\":27}"));
        String none = ReplyCorpus.object(Map.of("action", "\"SELL\""));
        StrictReplyVerifier chinese = ReplyVerifier.standard().reasoningIn(Language.CHINESE);

        assertThat(accepted(two).reasoning()).isEqualTo("The model advises BUY on macd_pct = -0.2 and rsi_14 = 27.");
        assertThat(accepted(none).reasoning()).isEqualTo("The model advises SELL without evidence.");
        assertThat(accepted(chinese, two).reasoning()).isEqualTo("模型建议买入，依据：macd_pct = -0.2，rsi_14 = 27。");
        assertThat(accepted(chinese, none).reasoning()).isEqualTo("模型建议卖出，未给出依据。");
    }

    /** The value that was sent stands, where the model's is within the step. */
    @Test
    void keepsTwoFiguresWithTheValuesThatWereSent() {
        TradingSignal signal =
                accepted(ReplyCorpus.object(Map.of("evidence", "{\"rsi_14\":27.6,\"volatility\":2.1,\"stoch_k\":15}")));

        assertThat(signal.evidence()).containsExactly(new Evidence("rsi_14", 27), new Evidence("volatility_pct", 2.2));
    }

    @Test
    void repeatsNothingOfWhatItRejects() {
        String secret = "sk-0123456789";
        for (String text : List.of(
                secret,
                "{\"" + secret + "\"",
                "{\"" + secret + "\":}",
                ReplyCorpus.object(Map.of("action", '"' + secret + '"')),
                ReplyCorpus.object(Map.of("evidence", "{\"" + secret + "\":81}")))) {
            Verification verification = verify(ReplyCorpus.reply(text));

            assertThat(verification).isInstanceOf(Rejected.class);
            assertThat(verification.toString()).doesNotContain("0123");
        }
    }

    @Test
    void retriesOnlyWhatNeverCameThroughWhole() {
        assertThat(Stream.of(ReplyProblem.values()).filter(ReplyProblem::isWorthRetrying))
                .containsExactly(
                        ReplyProblem.BLANK,
                        ReplyProblem.TRUNCATED,
                        ReplyProblem.INSUFFICIENT_RESOURCES,
                        ReplyProblem.PROVIDER_ERROR);
        assertThat(ReplyProblem.BLANK.complaint()).contains("empty");
        assertThat(ReplyProblem.TRUNCATED.complaint()).contains("cut off");
    }

    private String commentaryOf(String json) {
        return accepted(ReplyCorpus.object(Map.of("reasoning", '"' + json + '"')))
                .commentary();
    }

    private TradingSignal accepted(String text) {
        return accepted(verifier, text);
    }

    private static TradingSignal accepted(ReplyVerifier verifier, String text) {
        Verification verification = verifier.verify(ReplyCorpus.reply(text), ReplyCorpus.SENT);
        assertThat(verification).isInstanceOf(Accepted.class);
        return ((Accepted) verification).signal();
    }

    private Verification verify(RemoteReply reply) {
        return verifier.verify(reply, ReplyCorpus.SENT);
    }

    private static String inWords(Verification verification) {
        return verification instanceof Accepted accepted
                ? accepted.signal().action() + " " + accepted.signal().confidence()
                : ((Rejected) verification).problem().name();
    }
}
