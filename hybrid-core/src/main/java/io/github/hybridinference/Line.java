package io.github.hybridinference;

import io.github.hybridinference.budget.Budget.Reservation;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.resilience4j.retry.Retry;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way to one model: a question goes through retry, and each attempt through budget, model and verifier.
 *
 * <p>The first attempt runs on the thread that starts the question, later ones on a worker, and replies are verified on
 * a worker.
 */
final class Line {
    private final RemoteModel model;
    private final ModelIdentity identity;
    private final Gate gate;
    private final Parts parts;
    private volatile String lastModel = "";

    Line(RemoteModel model, Gate gate, Parts parts) {
        this.model = model;
        this.identity = model.identity();
        this.gate = gate;
        this.parts = parts;
    }

    Gate gate() {
        return gate;
    }

    ModelIdentity identity() {
        return identity;
    }

    RemoteModel model() {
        return model;
    }

    CompletionStage<Outcome.Answered> ask(Flight flight) {
        Call call = new Call(flight);
        Retry retry = Retry.of(identity.model(), call.plan.config());
        return retry.executeCompletionStage(parts.threads().timer(), call::attempt)
                .whenComplete((answered, thrown) -> call.over(thrown));
    }

    /** One question on this line. */
    private final class Call {
        private final Flight flight;
        private final AttemptPlan plan;
        private final long startNanos = parts.settings().nanoClock().getAsLong();
        private int attempts;
        private Usage usage = Usage.NONE;

        /** The last fault of a part, which is counted already. */
        private @Nullable RemoteException fault;

        Call(Flight flight) {
            this.flight = flight;
            this.plan = new AttemptPlan(
                    parts.settings().maxAttempts(),
                    flight::patienceNanos,
                    parts.settings().random());
        }

        CompletionStage<Outcome.Answered> attempt() {
            if (attempts == 0) {
                return attemptHere();
            }
            return CompletableFuture.supplyAsync(this::attemptHere, parts.threads())
                    .thenCompose(stage -> stage);
        }

        private CompletionStage<Outcome.Answered> attemptHere() {
            if (flight.isOver()) {
                return failed(RemoteException.beforeSending(Reason.CANCELLED));
            }
            try {
                RemoteRequest question =
                        new RemoteRequest(flight.told(), plan.complaint(), flight.limit(), flight.decisionId());
                OptionalLong worst = model.worstCostNanoUsd(question);
                CompletableFuture<BudgetDecision> reserved = parts.settings()
                        .budget()
                        .reserve(worst, parts.settings().clock().instant())
                        .toCompletableFuture();
                BiFunction<BudgetDecision, Throwable, CompletionStage<Outcome.Answered>> next =
                        (granted, thrown) -> thrown != null || granted == null
                                ? failed(broken(thrown == null ? new NullPointerException("no reservation") : thrown))
                                : reserved(question, worst, granted);
                return (reserved.isDone() ? reserved.handle(next) : reserved.handleAsync(next, parts.threads()))
                        .thenCompose(stage -> stage);
            } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
                return failed(broken(thrown));
            }
        }

        private CompletionStage<Outcome.Answered> reserved(
                RemoteRequest question, OptionalLong worst, BudgetDecision decision) {
            if (!(decision instanceof BudgetDecision.Granted granted)) {
                parts.shielded(() -> parts.budgetWatch().refused(worst));
                return failed(RemoteException.beforeSending(
                        decision == BudgetDecision.Refused.UNREACHABLE ? Reason.BUDGET_UNREACHABLE : Reason.BUDGET));
            }
            if (flight.isOver()) { // while the budget was asked
                settle(granted.reservation(), OptionalLong.of(0));
                return failed(RemoteException.beforeSending(Reason.CANCELLED));
            }
            return send(question, granted.reservation());
        }

        private CompletionStage<Outcome.Answered> send(RemoteRequest question, Reservation reservation) {
            if (attempts++ == 0 && flight.isFirstSending()) {
                parts.meter().remoteCall();
            }
            parts.meter().attempt();
            CompletableFuture<RemoteReply> exchange = exchange(question);
            flight.carries(exchange);
            return exchange.handleAsync((reply, thrown) -> settled(reply, thrown, reservation), parts.threads());
        }

        private CompletableFuture<RemoteReply> exchange(RemoteRequest question) {
            try {
                return Objects.requireNonNull(model.ask(question), "the adapter returned no future");
            } catch (RemoteException known) {
                return CompletableFuture.failedFuture(known);
            } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
                return CompletableFuture.failedFuture(broken(thrown));
            }
        }

        /** After an attempt, on a worker. */
        private Outcome.Answered settled(
                @Nullable RemoteReply reply, @Nullable Throwable thrown, Reservation reservation) {
            try {
                return reply == null ? refused(thrown, reservation) : accepted(reply, reservation);
            } catch (RemoteException failure) {
                failure.problem().ifPresent(parts.meter()::problem);
                boolean retried = plan.decide(failure);
                parts.listeners().tell(listener -> listener.onAttemptFailed(identity.model(), failure, retried));
                throw failure;
            } finally {
                parts.shielded(parts.budgetWatch()::look);
            }
        }

        private Outcome.Answered refused(@Nullable Throwable given, Reservation reservation) {
            Throwable thrown = given == null ? new NullPointerException("the adapter gave no reply") : given;
            RemoteException failure = RemoteException.of(thrown);
            if (failure.mayHaveCostUnseen()) {
                settle(reservation, OptionalLong.empty());
            } else {
                count(failure.usage(), reservation);
            }
            throw failure.reason() == Reason.INTERNAL && failure != fault ? broken(thrown) : failure;
        }

        private Outcome.Answered accepted(RemoteReply reply, Reservation reservation) {
            count(reply.usage(), reservation);
            ReplyVerifier.Verification verification;
            try {
                verification = Objects.requireNonNull(
                        parts.settings().verifier().verify(reply, flight.told()), "verification");
            } catch (Exception | StackOverflowError | AssertionError | LinkageError thrownByVerifier) {
                throw broken(thrownByVerifier);
            }
            if (verification instanceof ReplyVerifier.Accepted accepted) {
                long nowMs = parts.settings().clock().millis();
                CachedSignal signal = new CachedSignal(
                        accepted.signal(),
                        shared(reply.model()),
                        identity.promptVersion(),
                        nowMs,
                        parts.memory().validUntilMs(nowMs, flight.nextBarEndMs()));
                return new Outcome.Answered(signal, Source.REMOTE, usage);
            }
            ReplyVerifier.Rejected rejected = (ReplyVerifier.Rejected) verification;
            throw RemoteException.badReply(rejected.problem(), Usage.NONE);
        }

        private void count(Usage attempt, Reservation reservation) {
            settle(reservation, attempt.costNanoUsd());
            usage = usage.plus(attempt);
            if (!attempt.equals(Usage.NONE)) {
                parts.meter().used(attempt);
            }
        }

        private void settle(Reservation reservation, OptionalLong cost) {
            parts.shielded(() -> reservation.settle(cost));
        }

        void over(@Nullable Throwable thrown) {
            Optional<RemoteException> failure = Optional.ofNullable(thrown).map(RemoteException::of);
            failure.ifPresent(this::complain);
            if (attempts > 0) {
                parts.listeners()
                        .tell(listener -> listener.onRemoteCall(new InferenceListener.RemoteCall(
                                identity.model(),
                                attempts,
                                usage,
                                parts.settings().nanoClock().getAsLong() - startNanos,
                                failure.map(known -> known.reason().degradation()))));
            }
        }

        private void complain(RemoteException failure) {
            String detail = failure.getMessage()
                    + failure.requestId().map(id -> ", request " + id).orElse("");
            switch (failure.reason()) {
                case REJECTED -> parts.log().failure(RateLimitedLog.Kind.REQUEST_REJECTED, detail);
                case UNAUTHORIZED, UNPAID -> parts.log().failure(RateLimitedLog.Kind.BAD_KEY_OR_BALANCE, detail);
                case PRIVACY -> parts.log().failure(RateLimitedLog.Kind.EGRESS_STOPPED, detail);
                default -> {}
            }
        }

        private RemoteException broken(Throwable thrown) {
            parts.fault(RateLimitedLog.Kind.PART_FAILED, thrown);
            RemoteException ours = RemoteException.beforeSending(Reason.INTERNAL);
            fault = ours;
            return ours;
        }
    }

    /** One copy of the name for all answers of a model, of which the cache may hold a million. */
    private String shared(String model) {
        String known = lastModel;
        if (!model.equals(known)) {
            lastModel = model;
            return model;
        }
        return known;
    }

    private static CompletionStage<Outcome.Answered> failed(RemoteException failure) {
        return CompletableFuture.failedStage(failure);
    }
}
