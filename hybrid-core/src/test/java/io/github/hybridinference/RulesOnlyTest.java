package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.RecordingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An engine without a model is complete; one whose model was switched off is not. */
class RulesOnlyTest {
    private static final RuleVerdict SURE = RuleVerdict.of(Action.BUY, 0.8, RiskLevel.LOW, "Because.");

    private final FakeModel model = new FakeModel();
    private final RecordingListener heard = new RecordingListener();

    private InferenceEngineBuilder builder() {
        return InferenceEngine.builder().rules(snapshot -> SURE).listener(heard);
    }

    @ParameterizedTest
    @EnumSource
    void answersComplexScenariosInFullWithoutAModel(Way way) {
        try (InferenceEngine engine = builder().build()) {
            Inference answer = way.ask(engine, Snapshots.complex(1), null).answer();
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
            assertThat(answer.scenario()).isEqualTo(Scenario.complex(Scenario.Reason.NEUTRAL_RSI));
            assertThat(answer.signal().confidence()).as("the rules' own").isEqualTo(0.8);
            assertThat(answer.degradation()).isEmpty();
            assertThat(answer.toRecord().scenario()).isEqualTo("COMPLEX");
            assertThat(heard.answers()).containsExactly(answer);
        }
    }

    @Test
    void isHealthyWithoutAModel() {
        try (InferenceEngine engine = builder().build()) {
            engine.infer(Snapshots.complex(1));
            assertThat(engine.health().status()).isEqualTo(Status.HEALTHY);
            assertThat(engine.health().component("remote")).isEmpty();
        }
    }

    @Test
    void countsEachAnswerOnceWithoutAModel() {
        try (InferenceEngine engine = builder().build()) {
            engine.infer(Snapshots.complex(1));
            engine.infer(Snapshots.simple());
            EngineStats stats = engine.stats();
            assertThat(stats.totalRequests()).isEqualTo(2);
            assertThat(stats.localCalls()).isEqualTo(2);
            assertThat(stats.fallbackCalls()).isZero();
            assertThat(stats.degradations()).isEmpty();
        }
    }

    @Test
    void lacksDataWithoutAModelToo() {
        try (InferenceEngine engine = InferenceEngine.builder()
                .classifier((snapshot, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM))
                .rules(snapshot -> RuleVerdict.noData())
                .build()) {
            Inference answer = engine.infer(Snapshots.complex(1));
            assertThat(answer.source()).isEqualTo(Source.LOCAL);
            assertThat(answer.degradation()).contains(Degradation.NO_DATA);
        }
    }

    @ParameterizedTest
    @EnumSource
    void fallsBackWhereTheModelIsSwitchedOff(Way way) {
        try (InferenceEngine engine =
                builder().remote(model).remoteEnabled(false).build()) {
            Inference answer = way.ask(engine, Snapshots.complex(1), null).answer();
            assertThat(answer.source()).isEqualTo(Source.FALLBACK);
            assertThat(answer.degradation()).contains(Degradation.NO_REMOTE);
            assertThat(answer.signal().confidence()).isEqualTo(Inference.FALLBACK_CONFIDENCE_CAP);
            engine.warmUp();
            assertThat(model.attempts()).isZero();
            assertThat(model.warmUps()).isZero();
            assertThat(engine.stats().totalRequests()).isEqualTo(1);
            assertThat(engine.stats().fallbackCalls()).isEqualTo(1);
        }
    }

    @Test
    void isDegradedWhereTheModelIsSwitchedOff() {
        try (InferenceEngine engine =
                builder().remote(model).remoteEnabled(false).build()) {
            assertThat(engine.health().status()).isEqualTo(Status.DEGRADED);
            EngineHealth.Component remote = engine.health().component("remote").orElseThrow();
            assertThat(remote.status()).isEqualTo(Status.DEGRADED);
            assertThat(remote.detail()).contains("remoteEnabled(false)");
        }
    }

    @Test
    void closesAModelThatIsSwitchedOff() {
        builder().remote(model).remoteEnabled(false).ownParts().build().close();
        assertThat(model.closings()).isEqualTo(1);
    }

    @Test
    void hasNothingToSwitchOffWithoutAModel() {
        try (InferenceEngine engine = builder().remoteEnabled(false).build()) {
            assertThat(engine.infer(Snapshots.complex(1)).source()).isEqualTo(Source.LOCAL);
            assertThat(engine.health().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void asksAModelThatIsSwitchedOn() {
        model.always(FakeModel.replying(Replies.BUY));
        try (InferenceEngine engine = builder()
                .remote(model)
                .replyVerifier(Replies::verify)
                .remoteEnabled(true)
                .build()) {
            assertThat(engine.infer(Snapshots.complex(1)).source()).isEqualTo(Source.REMOTE);
        }
    }
}
