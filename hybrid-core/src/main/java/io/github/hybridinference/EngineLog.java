package io.github.hybridinference;

import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's log: lifecycle events as they come; of failures at most one line of a kind in ten seconds, with the number
 * left out. It holds our own words, types and counts, and never the text of a caller, a reply or a foreign exception.
 */
final class EngineLog {
    /** The kinds of failure that are told apart. */
    enum Kind {
        RULES_FAILED("the rule model or the classifier threw"),
        ANONYMIZER_FAILED("the anonymizer threw or let an undeclared feature through; nothing was sent"),
        CACHE_FAILED("the cache threw; treated as a miss"),
        PART_FAILED("a part around the model threw"),
        EXECUTOR_FULL("the given executor refused a task; a thread of the engine's own ran it"),
        REQUEST_REJECTED("the model's service refused our request as malformed"),
        BAD_KEY_OR_BALANCE("the model's service refused the key or the balance is empty"),
        EGRESS_STOPPED("the egress check stopped a request; nothing was sent");

        private final String sentence;

        Kind(String sentence) {
            this.sentence = sentence;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long NEVER = Long.MIN_VALUE;

    private final EngineMetrics metrics;
    private final LongSupplier nanoClock;

    /** By a {@link Kind} or a {@link CauseAt}: closed sets, so that it does not grow. */
    private final Map<Object, Sparing> lines = new ConcurrentHashMap<>();

    EngineLog(EngineMetrics metrics, LongSupplier nanoClock) {
        this.metrics = metrics;
        this.nanoClock = nanoClock;
    }

    /** Attempts at one model that failed for one cause: another cause has lines of its own, the first of them at once. */
    private record CauseAt(String model, FailureCause cause) {}

    /** When the last line of a kind was written, and how many were left out since. */
    private record Sparing(AtomicLong lastNanos, AtomicLong leftOut) {
        Sparing() {
            this(new AtomicLong(NEVER), new AtomicLong());
        }
    }

    void event(String sentence) {
        LOG.info("{}", sentence);
    }

    void warn(String sentence) {
        LOG.warn("{}", sentence);
    }

    /** A fault of the engine's own or of a part that its owner supplied: counted, and logged by its type. */
    void fault(Kind kind, Throwable thrown) {
        metrics.error();
        failure(kind, typesOf(thrown));
    }

    /** The same for a part around the model, and the failure that the attempt ends with. */
    RemoteException internal(Throwable thrown) {
        fault(Kind.PART_FAILED, thrown);
        return RemoteException.beforeSending(RemoteException.Reason.INTERNAL);
    }

    /** Calls a part that its owner supplied, whose faults must not leave our own work undone. */
    void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable thrown) {
            FatalErrors.rethrowIfFatal(thrown);
            fault(Kind.PART_FAILED, thrown);
        }
    }

    void failure(Kind kind, String detail) {
        sparingly(kind, kind.sentence, detail);
    }

    /** An attempt whose cause is known. */
    void attemptFailed(String model, RemoteException failure) {
        failure.failureCause()
                .ifPresent(cause -> sparingly(
                        new CauseAt(model, cause),
                        "an attempt at " + model + " failed",
                        failure.getMessage()
                                + failure.requestId()
                                        .map(id -> ", request " + id)
                                        .orElse("")
                                + "; " + cause.cure()));
    }

    private void sparingly(Object kind, String sentence, String detail) {
        Sparing line = lines.computeIfAbsent(kind, first -> new Sparing());
        long now = nanoClock.getAsLong();
        long before = line.lastNanos().get();
        boolean quiet = before != NEVER && now - before < QUIET_NANOS;
        if (quiet || !line.lastNanos().compareAndSet(before, now)) {
            line.leftOut().incrementAndGet();
            return;
        }
        long leftOut = line.leftOut().getAndSet(0);
        if (leftOut == 0) {
            LOG.warn("{} ({})", sentence, detail);
        } else {
            LOG.warn("{} ({}; {} more since the last such line)", sentence, detail, leftOut);
        }
    }

    private static String typesOf(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        String type = thrown.getClass().getName();
        return trace.length == 0 ? type : type + " at " + trace[0].getClassName() + "." + trace[0].getMethodName();
    }
}
