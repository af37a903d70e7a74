package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.EgressCheck;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodyCheckTest {
    private static final RequestTemplate TEMPLATE = new RequestTemplate(bytes("{\"before\":\""), bytes("\"}"));

    private static final ApiKey KEY = ApiKey.of(Texts.KEY);

    private final BodyCheck check = new BodyCheck(TEMPLATE, false);

    @Test
    void letsThroughWhateverTheWriterWritesOfAnySnapshot() {
        Random random = new Random(20_261_124);
        for (int i = 0; i < 2_000; i++) {
            RemoteRequest question = question(anySnapshot(random, Resolution.COARSE), anyProblem(random));
            assertThat(check.passes(body(question), question, KEY)).isTrue();
        }
    }

    @Test
    void checksTheTextItselfAsItChecksTheBody() {
        Random random = new Random(2);
        EgressCheck plain = new EgressCheck(false);
        for (int i = 0; i < 500; i++) {
            RemoteRequest question = question(anySnapshot(random, Resolution.COARSE), anyProblem(random));
            String text = ChatQuestion.of(question).toString();
            int at = random.nextInt(text.length());

            assertThat(plain.passes(text, question)).isTrue();
            assertThat(plain.passes(text.substring(0, at) + "?" + text.substring(at + 1), question))
                    .isFalse();
            assertThat(plain.passes(text + "\u20ac", question)).isFalse();
        }
    }

    @Test
    void stopsAnyOtherByte() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            RemoteRequest question = question(anySnapshot(random, Resolution.COARSE), anyProblem(random));
            byte[] body = body(question);
            int at = random.nextInt(body.length);
            body[at] = (byte) (body[at] == '7' ? '8' : '7');

            assertThat(check.passes(body, question, KEY)).isFalse();
        }
    }

    @Test
    void stopsAnythingAddedOrLeftOut() {
        RemoteRequest question = Texts.question();
        String body = new String(body(question), StandardCharsets.UTF_8);
        for (int at = 0; at <= body.length(); at++) {
            String more = body.substring(0, at) + "0" + body.substring(at);
            assertThat(check.passes(bytes(more), question, KEY)).as(more).isFalse();
        }
        for (int at = 0; at < body.length(); at++) {
            String less = body.substring(0, at) + body.substring(at + 1);
            assertThat(check.passes(bytes(less), question, KEY)).as(less).isFalse();
        }
    }

    @Test
    void stopsTheQuestionOfAnotherSnapshot() {
        RemoteRequest other = question(
                AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                        .put(Feature.RSI_14, 28)
                        .build(),
                Optional.empty());

        assertThat(check.passes(body(Texts.question()), other, KEY)).isFalse();
    }

    @Test
    void stopsABodyThatHoldsTheKey() {
        RequestTemplate leaking = new RequestTemplate(bytes("{\"before\":\"" + Texts.KEY), bytes("\"}"));
        RemoteRequest question = Texts.question();

        assertThat(new BodyCheck(leaking, false).passes(leaking.body(ChatQuestion.of(question)), question, KEY))
                .isFalse();
        assertThat(new BodyCheck(leaking, false)
                        .passes(leaking.body(ChatQuestion.of(question)), question, ApiKey.of("sk-another")))
                .isTrue();
    }

    @Test
    void letsFineFiguresGoNowhereButHere() {
        RemoteRequest fine = question(anySnapshot(new Random(3), Resolution.FINE), Optional.empty());

        assertThat(check.passes(body(fine), fine, KEY)).isFalse();
        assertThat(new BodyCheck(TEMPLATE, true).passes(body(fine), fine, null)).isTrue();
    }

    @Test
    void aStoppedQuestionIsNotSent() throws Exception {
        try (DeepSeek model = DeepSeek.builder()
                .apiKey(Texts.KEY)
                .endpoint("https://no-such-host.invalid")
                .build()) {
            RemoteRequest fine = question(anySnapshot(new Random(3), Resolution.FINE), Optional.empty());

            assertThat(model.ask(fine).handle((reply, thrown) -> thrown).get())
                    .isInstanceOfSatisfying(RemoteException.class, failure -> {
                        assertThat(failure.reason()).isEqualTo(Reason.PRIVACY);
                        assertThat(failure.mayHaveCostUnseen()).isFalse();
                    });
        }
    }

    private static byte[] body(RemoteRequest question) {
        return TEMPLATE.body(ChatQuestion.of(question));
    }

    static RemoteRequest question(AnonymizedSnapshot snapshot, Optional<ReplyProblem> complaint) {
        return new RemoteRequest(snapshot, complaint, Deadline.after(Duration.ofSeconds(20)), "decision-1");
    }

    static Optional<ReplyProblem> anyProblem(Random random) {
        ReplyProblem[] all = ReplyProblem.values();
        return random.nextBoolean() ? Optional.empty() : Optional.of(all[random.nextInt(all.length)]);
    }

    static AnonymizedSnapshot anySnapshot(Random random, Resolution resolution) {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(any(random, Timeframe.values()), resolution)
                .assetClass(any(random, AssetClass.values()))
                .session(any(random, Session.values()));
        List<Feature> some = List.of(
                Feature.RSI_14,
                Feature.VOLATILITY_PCT,
                Feature.FUNDING_RATE_PCT,
                Feature.of("ema_20_dist_pct"),
                Feature.of("atr_pct_4h"),
                Feature.of("price_change_4h_pct"),
                Feature.of("spread_bps"),
                Feature.of("cci_20"),
                Feature.custom("percent", -1e6, 1e6, 3),
                Feature.custom("my_alpha_pct", 0, 0.01, 4));
        for (Feature feature : some) {
            if (random.nextInt(3) > 0) {
                FeatureFamily family = feature.family();
                builder.put(feature, family.low() + random.nextDouble() * (family.high() - family.low()));
            }
        }
        return builder.build();
    }

    private static <T> T any(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
