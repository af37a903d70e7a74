package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A model that takes part in a comparison, asked live or as it was recorded. Immutable.
 *
 * @since 0.1.0
 */
public final class Candidate {
    /** Identifies a recorded decision. */
    private record Asked(AnonymizedSnapshot snapshot, Instant barTime) {}

    private final String name;
    private final Function<Clock, RemoteModel> model;
    private final @Nullable Map<Asked, Long> recordedNanos;

    private Candidate(String name, Function<Clock, RemoteModel> model, @Nullable Map<Asked, Long> recordedNanos) {
        this.name = Objects.requireNonNull(name, "name");
        this.model = model;
        this.recordedNanos = recordedNanos;
    }

    /**
     * Makes a candidate that is asked live, at its price.
     *
     * @param name its name in the report
     * @param model the model
     * @return the candidate
     */
    public static Candidate live(String name, RemoteModel model) {
        Objects.requireNonNull(model, "model");
        return new Candidate(name, clock -> model, null);
    }

    /**
     * Makes a candidate that gives its recorded answers, with their recorded cost and latency.
     *
     * @param name its name in the report
     * @param recording what was recorded
     * @param identity one of the recording's models
     * @return the candidate
     */
    public static Candidate recorded(String name, Recording recording, ModelIdentity identity) {
        Map<Asked, Long> nanos = new HashMap<>();
        for (JournalEntry entry : recording.entries()) {
            if (entry.source() == Source.REMOTE && entry.asked().equals(Optional.of(identity))) {
                nanos.putIfAbsent(
                        new Asked(entry.snapshot(), entry.barTime()),
                        entry.latency().toNanos());
            }
        }
        return new Candidate(name, clock -> recording.replaying(identity, clock), nanos);
    }

    String name() {
        return name;
    }

    RemoteModel on(Clock clock) {
        return model.apply(clock);
    }

    /** The latency of a question: as measured for a live candidate, otherwise as recorded, or NaN. */
    double latencyNanos(ExamQuestion question, long measuredNanos) {
        if (recordedNanos == null) {
            return measuredNanos;
        }
        JournalEntry entry = question.entry();
        Long nanos = recordedNanos.get(new Asked(entry.snapshot(), entry.barTime()));
        return nanos == null ? Double.NaN : nanos;
    }

    /** The name. */
    @Override
    public String toString() {
        return "Candidate[" + name + "]";
    }
}
