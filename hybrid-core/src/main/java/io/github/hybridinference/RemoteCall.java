package io.github.hybridinference;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What one model is asked for an in-flight call, one attempt after another. The stages hand it from thread to thread and
 * never use it at the same time.
 */
final class RemoteCall {
    /** What came of a call. */
    sealed interface Result {}

    /**
     * An answer.
     *
     * @param signal the model's advice
     * @param source REMOTE, or CACHE if another process had asked
     * @param usage what the call consumed
     */
    record Answered(CachedSignal signal, Source source, Usage usage) implements Result {}

    /**
     * No answer.
     *
     * @param degradation the reason that callers are given
     * @param failure what failed, or null if no model was to be asked
     * @param attempted the call whose last attempt failed, or null if no attempt was made
     */
    record Failed(
            Degradation degradation,
            @Nullable RemoteException failure,
            @Nullable RemoteCall attempted) implements Result {
        static Failed of(Degradation degradation) {
            return new Failed(degradation, null, null);
        }

        static Failed withoutAttempt(RemoteException failure) {
            return new Failed(failure.reason().degradation(), failure, null);
        }

        static Failed withoutAttempt(Reason reason) {
            return withoutAttempt(RemoteException.beforeSending(reason));
        }
    }

    private final ModelIdentity model;
    private final long startNanos;
    private int attempts;
    private Usage usage = Usage.NONE;
    private long unseenNanoUsd;
    private boolean hadStaleConnection;
    private boolean hadRefusedKey;
    private @Nullable ReplyProblem complaint;

    /** Whether a request was written, and when the first one was; set by a thread of the adapter's. */
    private volatile boolean written;

    private volatile long writtenNanos;

    // of the attempt under way
    private @Nullable RemoteRequest request;
    private @Nullable RemoteReply reply;
    private @Nullable CachedSignal signal;
    private @Nullable Usage attemptUsage = Usage.NONE;
    private long askedNanos;

    RemoteCall(ModelIdentity model, long startNanos) {
        this.model = model;
        this.startNanos = startNanos;
    }

    ModelIdentity model() {
        return model;
    }

    long startNanos() {
        return startNanos;
    }

    int attempts() {
        return attempts;
    }

    /** What all attempts consumed, as far as it was seen. */
    Usage usage() {
        return usage;
    }

    /** What was charged for attempts whose cost was never seen, in billionths of a US dollar. */
    long unseenNanoUsd() {
        return unseenNanoUsd;
    }

    /** What was wrong with the reply to the last attempt, to be said in the next request. */
    Optional<ReplyProblem> complaint() {
        return Optional.ofNullable(complaint);
    }

    /** Begins the next attempt, of which nothing was sent yet. */
    void prepare(RemoteRequest next) {
        request = next;
        reply = null;
        signal = null;
        attemptUsage = Usage.NONE;
    }

    RemoteRequest request() {
        return present(request);
    }

    /** From now on the attempt may cost something. */
    void attemptStarts(long nowNanos) {
        attempts++;
        askedNanos = nowNanos;
        attemptUsage = null;
    }

    /** When the attempt began, on the nano clock. */
    long askedNanos() {
        return askedNanos;
    }

    /** The model has the request from now on, unless it had it before. */
    void requestWritten(long nowNanos) {
        if (!written) {
            writtenNanos = nowNanos;
            written = true;
        }
    }

    /** How long the model has had the request, retries included; 0 while it has not. */
    long withModelNanos(long nowNanos) {
        return written ? nowNanos - writtenNanos : 0;
    }

    void attemptConsumed(Usage consumed) {
        attemptUsage = consumed;
    }

    /**
     * Settles the attempt under way.
     *
     * @param reservedNanoUsd what is charged if the cost was not seen
     * @return what the attempt consumed, or null if that was not seen
     */
    @Nullable Usage settleAttempt(long reservedNanoUsd) {
        Usage consumed = attemptUsage;
        attemptUsage = Usage.NONE;
        if (consumed != null) {
            usage = usage.plus(consumed);
        }
        if (consumed == null || consumed.costNanoUsd().isEmpty()) {
            unseenNanoUsd += reservedNanoUsd;
        }
        return consumed;
    }

    /** The cost of the attempt under way as the budget is told: empty if it was not seen. */
    OptionalLong attemptCost() {
        Usage consumed = attemptUsage;
        return consumed == null ? OptionalLong.empty() : consumed.costNanoUsd();
    }

    RemoteReply reply() {
        return present(reply);
    }

    void replied(RemoteReply received) {
        reply = received;
        attemptUsage = received.usage();
    }

    CachedSignal signal() {
        return present(signal);
    }

    void accepted(CachedSignal verified) {
        signal = verified;
    }

    boolean hadStaleConnection() {
        return hadStaleConnection;
    }

    boolean hadRefusedKey() {
        return hadRefusedKey;
    }

    /** The attempt failed, and there will be another. */
    void willRetryAfter(RemoteException failure) {
        hadStaleConnection |= failure.reason() == Reason.STALE_CONNECTION;
        hadRefusedKey |= failure.reason() == Reason.UNAUTHORIZED;
        failure.problem().ifPresent(problem -> complaint = problem);
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a stage before this one did not do its part");
        }
        return value;
    }
}
