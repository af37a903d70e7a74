package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A model that answers from a journal, without a network.
 *
 * <p>It is strict: a request that was not made to this model, with this prompt and these parameters, or that got no
 * answer then, is FALLBACK / NOT_RECORDED. Where a request was answered more than once, the engine's clock decides: at
 * the time of a recorded bar the answer is the one of that bar, otherwise the last one before, or else the first one
 * after. So the answer depends on request and clock alone, never on the order in which threads ask. Immutable and
 * thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordedModel implements RemoteModel {
    private final ModelIdentity identity;
    private final Clock clock;
    private final Map<AnonymizedSnapshot, AnswerTimeline> timelines = new HashMap<>();

    RecordedModel(ModelIdentity identity, List<JournalEntry> entries, Clock clock) {
        this.identity = Objects.requireNonNull(identity, "identity");
        this.clock = Objects.requireNonNull(clock, "clock");
        for (JournalEntry entry : entries) {
            if (entry.asked().equals(Optional.of(identity))) {
                timeline(entry).answered(entry);
            } else if (entry.source() == Source.FALLBACK) {
                timeline(entry).failed(entry);
            }
        }
    }

    private AnswerTimeline timeline(JournalEntry entry) {
        return timelines.computeIfAbsent(entry.snapshot(), unused -> new AnswerTimeline());
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    /** What the answer cost when it was recorded; nothing if there is none. */
    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest question) {
        return recorded(question).map(reply -> reply.usage().costNanoUsd()).orElse(OptionalLong.of(0));
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest question) {
        return recorded(question)
                .map(CompletableFuture::completedFuture)
                .orElseGet(() -> CompletableFuture.failedFuture(RemoteException.beforeSending(Reason.NOT_RECORDED)));
    }

    private Optional<RemoteReply> recorded(RemoteRequest question) {
        AnswerTimeline timeline = timelines.get(question.snapshot());
        return timeline == null ? Optional.empty() : timeline.at(clock.millis()).map(RecordedReplies::of);
    }

    /** The model's name and the number of questions. */
    @Override
    public String toString() {
        return "RecordedModel[" + identity.model() + ", " + timelines.size() + " questions]";
    }
}
