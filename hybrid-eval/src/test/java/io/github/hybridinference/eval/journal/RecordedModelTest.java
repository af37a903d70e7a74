package io.github.hybridinference.eval.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecordedModelTest {
    @TempDir
    private Path folder;

    private final FakeModel model = new FakeModel();

    /** Bar 0 BUY, bar 1 no answer, bar 2 SELL; all of the same question. */
    @BeforeEach
    void record() throws IOException {
        ManualTime time = new ManualTime();
        model.then(FakeModel.replying(Questions.saying("BUY", 0.731)))
                .then(FakeModel.failing(RemoteException.Reason.REJECTED))
                .then(FakeModel.replying(Questions.saying("SELL", 0.52)));
        try (Journal journal = Journal.in(folder).asking(model.identity()).open();
                InferenceEngine engine = Questions.engine(time)
                        .remote(model)
                        .cache(SignalCache.none())
                        .listener(journal)
                        .build()) {
            for (int i = 0; i < 3; i++) {
                time.setWall(Questions.bar(i));
                engine.infer(Questions.hard(Questions.bar(i), 50));
            }
        }
    }

    @Test
    void saysAtEachBarWhatWasSaidThen() throws IOException {
        List<Inference> answers = replay(model.identity(), 50);
        assertThat(answers)
                .extracting(answer -> answer.signal().action().name())
                .startsWith("BUY")
                .endsWith("SELL");
        assertThat(answers)
                .extracting(Inference::source)
                .containsExactly(Source.REMOTE, Source.FALLBACK, Source.REMOTE);
        assertThat(answers.get(1).degradation()).contains(Degradation.NOT_RECORDED);
        assertThat(answers.get(0).signal().confidence()).isEqualTo(0.731);
        assertThat(answers.get(0).usage()).isEqualTo(Questions.USAGE);
        assertThat(answers.get(0).provenance().orElseThrow().model()).isEqualTo("fake-model-2026");
    }

    @Test
    void whatWasNotAskedIsNotRecorded() throws IOException {
        assertThat(replay(model.identity(), 53))
                .extracting(answer -> answer.degradation().orElseThrow())
                .containsOnly(Degradation.NOT_RECORDED);
    }

    @Test
    void anotherPromptOrOtherParametersAreAnotherQuestion() throws IOException {
        ModelIdentity known = model.identity();
        for (ModelIdentity other : List.of(
                new ModelIdentity(known.model(), "another prompt", known.parameters()),
                new ModelIdentity(known.model(), known.promptVersion(), "temperature=1"),
                new ModelIdentity("another", known.promptVersion(), known.parameters()))) {
            assertThat(replay(other, 50))
                    .extracting(answer -> answer.degradation().orElseThrow())
                    .containsOnly(Degradation.NOT_RECORDED);
        }
    }

    @Test
    void theOrderInWhichThreadsAskChangesNothing() throws Exception {
        ManualTime time = new ManualTime();
        time.setWall(Questions.bar(2));
        RemoteModel recorded = Recording.read(folder).replaying(model.identity(), time.wall());
        try (InferenceEngine engine = Questions.engine(time)
                .remote(recorded)
                .cache(SignalCache.none())
                .build()) {
            List<String> said = IntStream.range(0, 200)
                    .parallel()
                    .mapToObj(i -> engine.infer(Questions.hard(Questions.bar(2), i % 2 == 0 ? 50 : 53)))
                    .map(answer -> answer.signal() + " " + answer.degradation())
                    .toList();
            assertThat(new HashSet<>(said)).hasSize(2);
            assertThat(said.get(0)).contains("SELL", "0.52");
            assertThat(said.get(1)).contains("NOT_RECORDED");
        }
    }

    @Test
    void knowsWhichModelsWereAsked() throws IOException {
        assertThat(Recording.read(folder).models()).containsExactly(model.identity());
    }

    private List<Inference> replay(ModelIdentity identity, double rsi) throws IOException {
        ManualTime time = new ManualTime();
        RemoteModel recorded = Recording.read(folder).replaying(identity, time.wall());
        List<Inference> answers = new ArrayList<>();
        try (InferenceEngine engine = Questions.engine(time)
                .remote(recorded)
                .cache(SignalCache.none())
                .build()) {
            for (int i = 0; i < 3; i++) {
                time.setWall(Questions.bar(i));
                answers.add(engine.infer(Questions.hard(Questions.bar(i), rsi)));
            }
        }
        return answers;
    }
}
