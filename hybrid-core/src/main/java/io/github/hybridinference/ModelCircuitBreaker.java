package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.internal.EngineThreads;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one model, on resilience4j's.
 *
 * <p>It records one outcome a call, retries included: under the retry it would record each attempt, and the retry would
 * meet its refusals. It opens when half of the last 20 calls failed (10 at least), after a number of failures in a row, or
 * at once when the key or the balance is refused. After a while it lets three calls through as probes. A call that
 * outlasts the engine's timeout is a failure, whatever comes of it later. The time counts from when the first request was
 * written: waiting for a permit, connecting and a busy processor before that are not the model's fault.
 */
final class ModelCircuitBreaker extends CallStage {
    private static final int WINDOW = 20;
    private static final int AT_LEAST = 10;
    private static final float FAILURE_RATE_PCT = 50;
    private static final int PROBES = 3;

    /** Says nothing about the model, so nothing is recorded. */
    private static final Set<Reason> NOT_ITS_FAULT = EnumSet.of(
            Reason.BUDGET,
            Reason.BUDGET_UNREACHABLE,
            Reason.PRIVACY,
            Reason.CANCELLED,
            Reason.NOT_RECORDED,
            Reason.INTERNAL);

    /** The breaker would call minutes slow; what is too slow is said by the engine's timeout. */
    private static final long NO_DURATION = 0;

    /** When the state changed: on the wall clock for reports, on the nano clock for waiting. */
    private record Change(Instant at, long nanos) {}

    private final String model;
    private final int maxConsecutiveFailures;
    private final Duration openFor;
    private final long timeoutNanos;
    private final Clock clock;
    private final LongSupplier nanoClock;
    private final EngineThreads threads;
    private final Supplier<Optional<Instant>> pausedUntil;
    private final Supplier<String> knownCause;
    private final Consumer<Component> onChange;
    private final CircuitBreaker breaker;
    private final AtomicLong consecutiveFailures = new AtomicLong();
    private volatile @Nullable Change lastChange;
    private volatile String why = "";

    ModelCircuitBreaker(
            String model,
            EngineConfig config,
            EngineThreads threads,
            Supplier<Optional<Instant>> pausedUntil,
            Supplier<String> knownCause,
            Consumer<Component> onChange) {
        this.model = model;
        this.maxConsecutiveFailures = config.maxConsecutiveFailures();
        this.openFor = config.breakerOpenFor();
        this.timeoutNanos = config.timeout().toNanos();
        this.clock = config.clock();
        this.nanoClock = config.nanoClock();
        this.threads = threads;
        this.pausedUntil = pausedUntil;
        this.knownCause = knownCause;
        this.onChange = onChange;
        this.breaker = CircuitBreaker.of(
                model,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, AT_LEAST, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_RATE_PCT)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .waitDurationInOpenState(openFor)
                        .ignoreException(thrown ->
                                thrown instanceof RemoteException known && NOT_ITS_FAULT.contains(known.reason()))
                        .clock(new NanoTime(nanoClock))
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    @Override
    CompletionStage<Result> proceed(InFlightCall call) {
        if (!breaker.tryAcquirePermission()) {
            return CompletableFuture.completedFuture(Failed.of(Degradation.BREAKER_OPEN));
        }
        Permission permission = new Permission(breaker.getMetrics(), call.remoteCall());
        permission.watch(call, timeoutNanos);
        return next(call).whenComplete((result, thrown) -> {
            permission.unwatch();
            if (thrown != null) {
                permission.release();
            } else if (result instanceof Failed failed) {
                permission.failed(call, failed);
            } else {
                permission.succeeded();
            }
        });
    }

    /** One call's permission. It records one outcome, and none in a half-open period that began after it was given. */
    private final class Permission {
        /** Tells the periods apart: a breaker has new metrics each time it is closed or half open. */
        private final CircuitBreaker.Metrics period;

        private final RemoteCall remote;

        private final AtomicBoolean used = new AtomicBoolean();
        private volatile @Nullable ScheduledFuture<?> alarm;

        Permission(CircuitBreaker.Metrics period, RemoteCall remote) {
            this.period = period;
            this.remote = remote;
        }

        private boolean use() {
            return used.compareAndSet(false, true)
                    && (breaker.getState() != State.HALF_OPEN || breaker.getMetrics() == period);
        }

        void succeeded() {
            if (use()) {
                consecutiveFailures.set(0);
                breaker.onSuccess(NO_DURATION, TimeUnit.NANOSECONDS);
            }
        }

        /** Looks after a while whether the model has had the request for as long as the engine's timeout. */
        void watch(InFlightCall call, long nanos) {
            long due = nanoClock.getAsLong() + nanos;
            alarm = threads.after(nanos, () -> look(call, nanoClock.getAsLong() - due));
        }

        void unwatch() {
            ScheduledFuture<?> set = alarm;
            if (set != null) {
                set.cancel(false);
            }
        }

        private void look(InFlightCall call, long lateNanos) {
            long left = timeoutNanos - withModelNanos();
            if (call.isOver() && !call.hasReachedLimit()) {
                release(); // its callers gave it up, which says nothing about the model
            } else if (call.hasReachedLimit()) {
                endedAtItsLimit(call);
            } else if (left > 0) {
                watch(call, left);
            } else if (isLate(lateNanos)) {
                watch(call, lateNanos); // this look is: the reply may have arrived, and wait for a processor too
            } else if (use()) {
                record(new RemoteException(Reason.TIMEOUT));
            }
        }

        private boolean isLate(long nanos) {
            return nanos > timeoutNanos / 20;
        }

        /** The limit counts from before the request was written. A model that had half of the timeout had its chance. */
        private void endedAtItsLimit(InFlightCall call) {
            if (withModelNanos() < timeoutNanos / 2 || isLate(-call.limit().remainingNanos())) {
                release();
            } else if (use()) {
                record(new RemoteException(Reason.TIMEOUT));
            }
        }

        private long withModelNanos() {
            return remote.withModelNanos(nanoClock.getAsLong());
        }

        void failed(InFlightCall call, Failed failed) {
            boolean neverSent = failed.failure() != null
                    && failed.failure().reason() == Reason.TIMEOUT
                    && !failed.failure().mayHaveCostUnseen();
            if (call.hasReachedLimit()) {
                endedAtItsLimit(call); // and was cancelled for it
            } else if (failed.failure() == null || neverSent) {
                release();
            } else if (use()) {
                record(failed.failure());
            }
        }

        void release() {
            if (use()) {
                breaker.releasePermission();
            }
        }
    }

    private void record(RemoteException failure) {
        if (NOT_ITS_FAULT.contains(failure.reason())) {
            breaker.onError(NO_DURATION, TimeUnit.NANOSECONDS, failure); // ignored, and the permission is given back
            return;
        }
        long inARow = consecutiveFailures.incrementAndGet();
        boolean noKey = failure.failureCause().equals(Optional.of(FailureCause.NO_KEY)); // the next one may be there
        boolean refused = (failure.reason() == Reason.UNAUTHORIZED && !noKey) || failure.reason() == Reason.UNPAID;
        boolean opensAtOnce = refused || inARow >= maxConsecutiveFailures;
        if (breaker.getState() != State.OPEN) { // an open one keeps the reason for which it opened
            why = refused
                    ? failure.reason().name()
                    : opensAtOnce
                            ? inARow + " failures in a row, the last one " + failure.reason()
                            : "half of the recent calls failed, the last one " + failure.reason();
        }
        breaker.onError(NO_DURATION, TimeUnit.NANOSECONDS, failure);
        if (opensAtOnce && breaker.getState() != State.OPEN) {
            breaker.transitionToOpenState();
        }
    }

    /** A cheap look without taking a permission: false while the breaker is open and no probe is due. */
    boolean mayBeAskedAt(long nowNanos) {
        if (breaker.getState() != State.OPEN) {
            return true;
        }
        Change opened = lastChange;
        return opened == null || nowNanos - opened.nanos > openFor.toNanos();
    }

    long consecutiveFailures() {
        return consecutiveFailures.get();
    }

    Component health() {
        Component component = component(breaker.getState());
        if (component.status() != Status.HEALTHY) {
            return component;
        }
        Optional<Instant> until = pausedUntil.get();
        if (until.isPresent()) {
            return degraded("its service limits our rate and asked to wait", until);
        }
        String known = knownCause.get();
        return known.isEmpty() ? component : degraded(known, Optional.empty());
    }

    private Component degraded(String detail, Optional<Instant> nextTry) {
        return new Component(model, Status.DEGRADED, detail, Optional.empty(), nextTry);
    }

    private String detail() {
        String known = knownCause.get();
        return known.isEmpty() ? why : why + ", " + known;
    }

    private void changed(State state) {
        lastChange = new Change(clock.instant(), nanoClock.getAsLong());
        onChange.accept(component(state));
    }

    private Component component(State state) {
        Optional<Instant> since = Optional.ofNullable(lastChange).map(Change::at);
        return switch (state) {
            case OPEN, FORCED_OPEN ->
                new Component(model, Status.UNHEALTHY, detail(), since, since.map(at -> at.plus(openFor)));
            case HALF_OPEN ->
                new Component(model, Status.DEGRADED, "trying again after: " + detail(), since, Optional.empty());
            default -> new Component(model, Status.HEALTHY, "", since, Optional.empty());
        };
    }

    /** The nano clock as the breaker wants it, so that its waiting does not depend on the wall clock. */
    private static final class NanoTime extends Clock {
        private final LongSupplier nanoClock;

        NanoTime(LongSupplier nanoClock) {
            this.nanoClock = nanoClock;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(nanoClock.getAsLong());
        }

        @Override
        public long millis() {
            return instant().toEpochMilli();
        }
    }
}
