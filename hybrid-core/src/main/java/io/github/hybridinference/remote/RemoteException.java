package io.github.hybridinference.remote;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Usage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;

/**
 * Why an attempt failed: a reason, a status and a request id, and nothing that a service or a library wrote. There is no
 * cause and no foreign message, since both can echo a key or a caller's data.
 *
 * @since 0.1.0
 */
public final class RemoteException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Pattern SAFE_HOST =
            Pattern.compile("([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    /** Why an attempt failed. */
    public enum Reason {
        /** The connection was closed by the other side before it answered: an idle one gone stale. Retried at once. */
        STALE_CONNECTION(Degradation.UNAVAILABLE, true),
        /** No connection, a broken one, or a server's own fault (5xx). */
        UNAVAILABLE(Degradation.UNAVAILABLE, true),
        /** Too fast (429). */
        RATE_LIMITED(Degradation.RATE_LIMITED, true),
        /** The request is wrong (400, 404, 422). */
        REJECTED(Degradation.REJECTED, false),
        /** The key is wrong or lacks permission (401, 403). */
        UNAUTHORIZED(Degradation.UNAUTHORIZED, false),
        /** The balance is empty (402). */
        UNPAID(Degradation.UNPAID, false),
        /** The attempt's deadline passed. */
        TIMEOUT(Degradation.TIMEOUT, false),
        /** The reply is unusable; {@link RemoteException#problem()} says why. */
        BAD_REPLY(Degradation.BAD_REPLY, false),
        /** The budget does not allow the attempt. */
        BUDGET(Degradation.BUDGET, false),
        /** The budget's account cannot be reached, so what may be spent is unknown. */
        BUDGET_UNREACHABLE(Degradation.BUDGET_UNREACHABLE, false),
        /** The egress check stopped the request. */
        PRIVACY(Degradation.PRIVACY, false),
        /** A replayed model has no recording of the request. */
        NOT_RECORDED(Degradation.NOT_RECORDED, false),
        /** The attempt was cancelled. */
        CANCELLED(Degradation.CLOSED, false),
        /** A fault of the adapter's own. */
        INTERNAL(Degradation.INTERNAL, false);

        private final Degradation degradation;
        private final boolean retryable;

        Reason(Degradation degradation, boolean retryable) {
            this.degradation = degradation;
            this.retryable = retryable;
        }

        /**
         * Returns the degradation that the caller sees.
         *
         * @return the degradation of the fallback answer
         */
        public Degradation degradation() {
            return degradation;
        }

        /**
         * Tells whether another attempt may help.
         *
         * @return true for faults that pass
         */
        public boolean isRetryable() {
            return retryable;
        }
    }

    private final Reason reason;
    private final int status;
    private final transient Optional<Duration> retryAfter;
    private final transient Optional<String> requestId;
    private final transient Optional<ReplyProblem> problem;
    private final transient Usage usage;
    private final boolean sent;
    private final transient Optional<FailureCause> failureCause;
    private final boolean keyMayBeNew;
    private final transient Optional<String> host;

    private RemoteException(
            Reason reason,
            int status,
            Optional<Duration> retryAfter,
            Optional<String> requestId,
            Optional<ReplyProblem> problem,
            Usage usage,
            boolean sent,
            Optional<FailureCause> failureCause,
            Optional<String> host,
            boolean keyMayBeNew) {
        super(
                reason.name()
                        + (status == 0 ? "" : " (status " + status + ")")
                        + problem.map(known -> ": " + known).orElse("")
                        + failureCause.map(known -> ": " + known.sentence()).orElse("")
                        + host.map(known -> failureCause.equals(Optional.of(FailureCause.REDIRECT))
                                        ? " to " + known
                                        : " (" + known + ")")
                                .orElse(""),
                null,
                false,
                false);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.status = status;
        this.retryAfter = retryAfter;
        this.requestId = requestId;
        this.problem = problem;
        this.usage = usage;
        this.sent = sent;
        this.failureCause = failureCause;
        this.keyMayBeNew = keyMayBeNew;
        this.host = host;
    }

    private RemoteException(
            Reason reason,
            int status,
            Optional<Duration> retryAfter,
            Optional<String> requestId,
            Optional<ReplyProblem> problem,
            Usage usage,
            boolean sent) {
        this(reason, status, retryAfter, requestId, problem, usage, sent, Optional.empty(), Optional.empty(), false);
    }

    /**
     * Makes an exception without a status.
     *
     * @param reason why the attempt failed
     */
    public RemoteException(Reason reason) {
        this(reason, 0, Optional.empty(), Optional.empty(), Optional.empty(), Usage.NONE, true);
    }

    /**
     * Makes an exception for an attempt that never reached the service, and so cannot have cost anything.
     *
     * @param reason why the attempt failed
     * @return the exception
     */
    public static RemoteException beforeSending(Reason reason) {
        return new RemoteException(reason, 0, Optional.empty(), Optional.empty(), Optional.empty(), Usage.NONE, false);
    }

    /**
     * Makes an exception for an HTTP status.
     *
     * @param reason why the attempt failed
     * @param status the status
     * @param retryAfter how long the service asks to wait
     * @param requestId the service's id of the request; anything but letters, digits, {@code -} and {@code _} is refused
     * @return the exception
     */
    public static RemoteException ofStatus(
            Reason reason, int status, Optional<Duration> retryAfter, Optional<String> requestId) {
        return new RemoteException(
                reason,
                status,
                retryAfter,
                requestId.filter(RemoteException::isSafeId),
                Optional.empty(),
                Usage.NONE,
                true);
    }

    /**
     * Makes an exception for a reply that cannot be used but was paid for.
     *
     * @param problem what is wrong with it
     * @param usage what it consumed
     * @return the exception
     */
    public static RemoteException badReply(ReplyProblem problem, Usage usage) {
        return new RemoteException(
                Reason.BAD_REPLY, 0, Optional.empty(), Optional.empty(), Optional.of(problem), usage, true);
    }

    /**
     * Adds what is known of the cause.
     *
     * @param cause the cause
     * @return a copy
     */
    public RemoteException because(FailureCause cause) {
        return because(cause, Optional.empty());
    }

    /**
     * Adds what is known of the cause, and the host that it names.
     *
     * @param cause the cause
     * @param foreignHost a host's name as the service wrote it; anything but letters, digits, {@code .}, {@code -} and a port
     *     is left out
     * @return a copy
     */
    public RemoteException because(FailureCause cause, Optional<String> foreignHost) {
        return new RemoteException(
                reason,
                status,
                retryAfter,
                requestId,
                problem,
                usage,
                sent,
                Optional.of(cause),
                foreignHost.filter(SAFE_HOST.asMatchPredicate()),
                keyMayBeNew);
    }

    /**
     * Adds that the adapter will ask for another key before the next attempt, so that the engine makes one. To be used for a
     * key that was refused and that came from a supplier.
     *
     * @return a copy, which is {@link #isRetryable retryable}
     */
    public RemoteException andKeyMayBeNew() {
        return new RemoteException(
                reason, status, retryAfter, requestId, problem, usage, sent, failureCause, Optional.empty(), true);
    }

    /**
     * Adds the host that was asked, if a cause is known and no host is named yet. A redirect names its target alone.
     *
     * @param authority the host's name or address, and maybe a port; anything else is left out
     * @return a copy, or this exception if there is nothing to add
     */
    public RemoteException at(String authority) {
        boolean named = host.isPresent()
                || failureCause.filter(FailureCause.REDIRECT::equals).isPresent();
        return failureCause.isPresent() && !named ? because(failureCause.get(), Optional.of(authority)) : this;
    }

    /**
     * Reads what a future of a model completed with. Wrappers of futures are taken off; a foreign exception becomes
     * {@link Reason#INTERNAL}, a cancelled future {@link Reason#CANCELLED}.
     *
     * @param thrown what the future completed with
     * @return the exception itself if it is one of this type
     */
    public static RemoteException of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RemoteException known) {
            return known;
        }
        return new RemoteException(cause instanceof CancellationException ? Reason.CANCELLED : Reason.INTERNAL);
    }

    /**
     * Returns why the attempt failed.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 0 if there was none
     */
    public int status() {
        return status;
    }

    /**
     * Returns how long the service asked to wait.
     *
     * @return empty if it did not say
     */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /**
     * Returns the service's id of the request.
     *
     * @return empty if it gave none
     */
    public Optional<String> requestId() {
        return requestId;
    }

    /**
     * Returns what was wrong with the reply.
     *
     * @return empty if the reason is not BAD_REPLY
     */
    public Optional<ReplyProblem> problem() {
        return problem;
    }

    /**
     * Returns what is known of the cause.
     *
     * @return empty if the reason says all that is known
     */
    public Optional<FailureCause> failureCause() {
        return failureCause;
    }

    /**
     * Returns what the failed attempt consumed.
     *
     * @return {@link Usage#NONE} if nothing was charged or nothing is known
     */
    public Usage usage() {
        return usage;
    }

    /**
     * Tells whether the attempt may have cost something that was not seen: it was sent, and neither a status nor a
     * reply came back.
     *
     * @return true if the whole reservation counts as spent
     */
    public boolean mayHaveCostUnseen() {
        return sent && status == 0 && problem.isEmpty();
    }

    /**
     * Tells whether another attempt may help.
     *
     * @return true for faults that pass
     */
    public boolean isRetryable() {
        return keyMayBeNew || isPassing();
    }

    private boolean isPassing() {
        return problem.map(ReplyProblem::isWorthRetrying).orElse(reason.isRetryable())
                && failureCause.map(FailureCause::isPassing).orElse(true);
    }

    private static boolean isSafeId(String id) {
        return !id.isEmpty()
                && id.length() <= 64
                && id.chars().allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)));
    }
}
