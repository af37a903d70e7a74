package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.report.Latencies;
import io.github.hybridinference.examples.run.Backend;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers of a model, if there is one, recorded in a journal on request. */
final class LiveAnswers implements AnswerSource {
    static final String SAMPLE = "sample";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Backend backend;
    private final Optional<RemoteModel> model;
    private final @Nullable Path folder;
    private final int bars;
    private final List<String> notes = new ArrayList<>();

    LiveAnswers(Backend backend, @Nullable Path folder, int bars) {
        this.backend = backend;
        this.model = backend.model().map(real -> backend.isSimulated() ? new SimulatedModel(real) : real);
        this.folder = folder;
        this.bars = bars;
    }

    @Override
    public EvaluationResult run(Evaluation evaluation) throws IOException {
        if (folder == null) {
            return evaluation
                    .engine((builder, clock) -> {
                        model.ifPresent(builder::remote);
                        return builder;
                    })
                    .run();
        }
        Journal journal = Journal.in(folder)
                .asking(model.map(RemoteModel::identity).stream().toArray(ModelIdentity[]::new))
                .queueLines(bars + 1)
                .open();
        EvaluationResult result;
        try (journal) {
            result = evaluation
                    .engine((builder, clock) -> {
                        model.ifPresent(builder::remote);
                        return builder.listener(journal);
                    })
                    .run();
        }
        if (journal.lost() > 0) {
            notes.add("The journal lost " + journal.lost() + " lines: a replay of it will differ.");
        }
        return result;
    }

    @Override
    public Optional<FreshAnswers> direct() {
        return model.map(known -> new FreshAnswers(known, PATIENCE));
    }

    @Override
    public Latencies latencies(EvaluationResult result) {
        return Latencies.measured(result);
    }

    @Override
    public void keep(FreshAnswers asked) throws IOException {
        if (folder != null) {
            asked.save(folder.resolve(SAMPLE));
        }
    }

    @Override
    public String label() {
        return model.isEmpty() ? "" : backend.label();
    }

    @Override
    public boolean isSimulated() {
        return backend.isSimulated();
    }

    @Override
    public boolean isService() {
        return backend.isService();
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() {
        close(backend);
    }

    /** With its client, for one who shares it among several. */
    static void close(Backend backend) {
        if (backend.model().orElse(null) instanceof DeepSeek service) {
            service.close();
        }
        backend.close();
    }
}
