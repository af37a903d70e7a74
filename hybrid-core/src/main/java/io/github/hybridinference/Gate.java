package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.remote.RemoteException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of one model.
 *
 * <p>It counts once a question, retries included: a breaker under the retry would count each attempt, and the retry would
 * meet its refusals. It opens when half of the last 20 questions failed (10 at least), after a number of failures in a row,
 * or at once when the key or the balance is refused; it then lets three through after a while to see.
 */
final class Gate {
    private static final int WINDOW = 20;
    private static final int AT_LEAST = 10;
    private static final float FAILURE_RATE_PCT = 50;
    private static final int PROBES = 3;

    /** The breaker would count minutes as slowness; what is too slow is the engine's timeout's to say. */
    private static final long UNTOLD = 0;

    private final String model;
    private final Settings settings;
    private final CircuitBreaker breaker;
    private final Consumer<Component> onChange;
    private final AtomicLong consecutiveFailures = new AtomicLong();
    private volatile long openUntilNanos;
    private volatile @Nullable Instant since;
    private volatile String why = "";

    Gate(String model, Settings settings, Consumer<Component> onChange) {
        this.model = model;
        this.settings = settings;
        this.onChange = onChange;
        this.breaker = CircuitBreaker.of(
                model,
                CircuitBreakerConfig.custom()
                        .slidingWindow(WINDOW, AT_LEAST, SlidingWindowType.COUNT_BASED)
                        .failureRateThreshold(FAILURE_RATE_PCT)
                        .permittedNumberOfCallsInHalfOpenState(PROBES)
                        .waitDurationInOpenState(settings.breakerOpenFor())
                        .clock(new NanoTime(settings.nanoClock()))
                        .build());
        breaker.getEventPublisher()
                .onStateTransition(event -> changed(event.getStateTransition().getToState()));
    }

    /** One question's passage; tells the breaker exactly once how it went. */
    final class Pass {
        private final AtomicBoolean told = new AtomicBoolean();

        void succeeded() {
            if (told.compareAndSet(false, true)) {
                consecutiveFailures.set(0);
                breaker.onSuccess(UNTOLD, TimeUnit.NANOSECONDS);
            }
        }

        /** The question outlasted the engine's timeout, whatever comes of it later. */
        void outlasted() {
            failed(new RemoteException(RemoteException.Reason.TIMEOUT));
        }

        void failed(RemoteException failure) {
            if (!told.compareAndSet(false, true)) {
                return;
            }
            switch (failure.reason()) {
                case BUDGET, BUDGET_UNREACHABLE, PRIVACY, CANCELLED, NOT_RECORDED, INTERNAL ->
                    breaker.releasePermission();
                case UNAUTHORIZED, UNPAID -> {
                    open(failure.reason().name());
                    count(failure);
                }
                default -> {
                    long inARow = count(failure);
                    if (inARow >= settings.maxConsecutiveFailures()) {
                        open(inARow + " failures in a row, the last one " + failure.reason());
                    }
                }
            }
        }

        /** The question was never asked. */
        void unused() {
            if (told.compareAndSet(false, true)) {
                breaker.releasePermission();
            }
        }

        private long count(RemoteException failure) {
            long inARow = consecutiveFailures.incrementAndGet();
            explain("half of the recent questions failed, the last one " + failure.reason());
            breaker.onError(UNTOLD, TimeUnit.NANOSECONDS, failure);
            return inARow;
        }
    }

    /** A cheap look, without taking a permission: false while the breaker is open and not yet due for a probe. */
    boolean mayPassAt(long nowNanos) {
        return breaker.getState() != State.OPEN || nowNanos - openUntilNanos > 0;
    }

    @Nullable Pass tryPass() {
        return breaker.tryAcquirePermission() ? new Pass() : null;
    }

    long consecutiveFailures() {
        return consecutiveFailures.get();
    }

    Component health() {
        return component(breaker.getState());
    }

    private void open(String reason) {
        if (explain(reason)) {
            breaker.transitionToOpenState();
        }
    }

    /** Says why it opens if it does so now; an open one keeps the reason for which it opened. */
    private boolean explain(String reason) {
        if (breaker.getState() == State.OPEN) {
            return false;
        }
        why = reason;
        return true;
    }

    private void changed(State state) {
        if (state == State.OPEN) {
            openUntilNanos =
                    settings.nanoClock().getAsLong() + settings.breakerOpenFor().toNanos();
        }
        since = settings.clock().instant();
        onChange.accept(component(state));
    }

    private Component component(State state) {
        Instant changedAt = since;
        Optional<Instant> when = Optional.ofNullable(changedAt);
        return switch (state) {
            case OPEN, FORCED_OPEN ->
                new Component(model, Status.UNHEALTHY, why, when, when.map(at -> at.plus(settings.breakerOpenFor())));
            case HALF_OPEN ->
                new Component(model, Status.DEGRADED, "trying again after: " + why, when, Optional.empty());
            default -> new Component(model, Status.HEALTHY, "", when, Optional.empty());
        };
    }

    /** The nano clock in the form the breaker wants, so that its waiting does not depend on the wall clock. */
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
