package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.reply.ReplyVerifier;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;

/**
 * Asks a model directly, bypassing rules, classifier and cache, once for each snapshot, and keeps its answers. For
 * comparisons that need the answer of the model where an engine would not have asked it.
 *
 * <p>There is no retry: a request without a usable answer stays unanswered. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class FreshAnswers {
    /**
     * An answer.
     *
     * @param signal the signal of the model
     * @param provenance who answered, and what it consumed
     */
    public record Answer(TradingSignal signal, Provenance provenance) {}

    private static final JournalEntry.Rules NOT_ASKED = new JournalEntry.Rules(
            new TradingSignal(Action.HOLD, 0, RiskLevel.MEDIUM, OptionalDouble.empty(), OptionalDouble.empty(), ""),
            0,
            0,
            0);

    private final RemoteModel model;
    private final ReplyVerifier verifier;
    private final Duration patience;
    private final Map<AnonymizedSnapshot, Optional<Answer>> known = new LinkedHashMap<>();

    /**
     * Creates an instance that has asked nothing yet.
     *
     * @param model the model to ask
     * @param patience how long to wait for an answer
     */
    public FreshAnswers(RemoteModel model, Duration patience) {
        this.model = model;
        this.verifier = ReplyVerifier.standard();
        this.patience = patience;
    }

    /**
     * Returns the answer of the model, asking it unless this snapshot was asked before.
     *
     * @param question the snapshot
     * @return empty if it gave no usable answer
     */
    public Optional<Answer> to(AnonymizedSnapshot question) {
        Optional<Answer> before = known.get(question);
        if (before != null) {
            return before;
        }
        Optional<Answer> now = ask(question);
        known.put(question, now);
        return now;
    }

    private Optional<Answer> ask(AnonymizedSnapshot question) {
        try {
            RemoteReply reply = model.ask(
                            new RemoteRequest(question, Optional.empty(), Deadline.after(patience), "sample"))
                    .join();
            return verifier.verify(reply, question) instanceof ReplyVerifier.Accepted accepted
                    ? Optional.of(new Answer(
                            accepted.signal(),
                            new Provenance(
                                    reply.model(),
                                    model.identity().promptVersion(),
                                    Instant.EPOCH,
                                    reply.usage(),
                                    reply.fingerprint())))
                    : Optional.empty();
        } catch (CompletionException | RemoteException noAnswer) {
            return Optional.empty();
        }
    }

    /**
     * Returns how many snapshots were asked.
     *
     * @return each counted once
     */
    public int asked() {
        return known.size();
    }

    /**
     * Writes the answers as a journal, from which {@link Recording#replaying} can replay them.
     *
     * @param folder the folder of its file; created if missing
     * @throws IOException if it cannot be written
     */
    public void save(Path folder) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new RollingFiles(folder, Long.MAX_VALUE))) {
            for (Map.Entry<AnonymizedSnapshot, Optional<Answer>> answer : known.entrySet()) {
                if (answer.getValue().isPresent()) {
                    out.write(EntryWriter.line(
                            entry(answer.getKey(), answer.getValue().get())));
                }
            }
        }
    }

    private JournalEntry entry(AnonymizedSnapshot question, Answer answer) {
        return new JournalEntry(
                "sample",
                Instant.EPOCH,
                Optional.empty(),
                question,
                Scenario.complex(Scenario.Reason.CUSTOM),
                NOT_ASKED,
                Optional.of(answer.signal()),
                Source.REMOTE,
                Optional.empty(),
                Optional.of(model.identity()),
                Optional.of(answer.provenance()),
                Duration.ZERO,
                false);
    }
}
