package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.Evaluation;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.journal.FreshAnswers;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.eval.report.Latencies;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.remote.ModelIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers from a journal, without a network. */
final class RecordedAnswers implements AnswerSource {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path folder;
    private final Recording recording;
    private final Optional<ModelIdentity> model;

    private RecordedAnswers(Path folder, Recording recording) {
        this.folder = folder;
        this.recording = recording;
        this.model = recording.models().stream().findFirst();
    }

    /** The journal in a folder, or empty if it holds none. */
    static Optional<AnswerSource> in(Path folder) throws CommandException {
        try {
            if (!Files.isDirectory(folder)) {
                return Optional.empty();
            }
            Recording recording = Recording.read(folder);
            if (recording.entries().isEmpty()) {
                return Optional.empty();
            }
            if (recording.models().size() > 1) {
                throw new CommandException(
                        "The journal " + folder + " holds answers of several models; give each its own.");
            }
            return Optional.of(new RecordedAnswers(folder, recording));
        } catch (IOException e) {
            throw new CommandException("The journal " + folder + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public EvaluationResult run(Evaluation evaluation) {
        return evaluation.replaying(recording).run();
    }

    @Override
    public Optional<FreshAnswers> direct() throws IOException {
        Path sample = folder.resolve(LiveAnswers.SAMPLE);
        if (model.isEmpty() || !Files.isDirectory(sample)) {
            return Optional.empty();
        }
        return Optional.of(
                new FreshAnswers(Recording.read(sample).replaying(model.get(), Clock.systemUTC()), PATIENCE));
    }

    @Override
    public Latencies latencies(EvaluationResult result) {
        return Latencies.recorded(recording);
    }

    @Override
    public void keep(FreshAnswers asked) {}

    @Override
    public String label() {
        return model.map(known -> known.model() + ", replayed from a journal").orElse("");
    }

    @Override
    public boolean isSimulated() {
        return model.filter(SimulatedModel::isSimulated).isPresent();
    }

    @Override
    public boolean isService() {
        return false;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!recording.skipped().isEmpty()) {
            notes.add(recording.skipped().size() + " lines of the journal could not be read and were skipped.");
        }
        return notes;
    }

    @Override
    public void close() {}
}
