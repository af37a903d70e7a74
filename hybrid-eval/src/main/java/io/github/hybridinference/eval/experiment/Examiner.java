package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.budget.BudgetDecision;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.reply.ReplyVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks models the questions of an exam: one attempt each, under a budget, verified as by an engine. Its clock shows the
 * time of the current bar, by which recorded models choose their answer.
 */
final class Examiner {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Budget budget;
    private final ReplyVerifier verifier = ReplyVerifier.standard();
    private final BarTime clock = new BarTime();

    Examiner(Budget budget) {
        this.budget = budget;
    }

    Clock clock() {
        return clock;
    }

    /** Asks, all the given models at once. */
    ExamAnswer[] ask(ExamQuestion question, RemoteModel... models) {
        clock.millis = question.entry().barTime().toEpochMilli();
        CompletableFuture<?>[] asked = new CompletableFuture<?>[models.length];
        for (int i = 0; i < models.length; i++) {
            asked[i] = begin(question, models[i]);
        }
        ExamAnswer[] answers = new ExamAnswer[models.length];
        for (int i = 0; i < models.length; i++) {
            answers[i] = (ExamAnswer) asked[i].join();
        }
        return answers;
    }

    private CompletableFuture<ExamAnswer> begin(ExamQuestion question, RemoteModel model) {
        RemoteRequest request = new RemoteRequest(
                question.entry().snapshot(),
                Optional.empty(),
                Deadline.after(PATIENCE),
                question.entry().decisionId());
        long start = System.nanoTime();
        return budget.reserve(model.worstCostNanoUsd(request), Instant.now())
                .toCompletableFuture()
                .thenCompose(decision -> decision instanceof BudgetDecision.Granted granted
                        ? paid(model, request, granted.reservation(), start)
                        : CompletableFuture.completedFuture(ExamAnswer.failed(reason(decision), Usage.NONE, 0)));
    }

    private static Degradation reason(BudgetDecision refused) {
        return refused == BudgetDecision.Refused.UNREACHABLE ? Degradation.BUDGET_UNREACHABLE : Degradation.BUDGET;
    }

    private CompletableFuture<ExamAnswer> paid(
            RemoteModel model, RemoteRequest request, Budget.Reservation reservation, long start) {
        CompletableFuture<RemoteReply> exchange;
        try {
            exchange = model.ask(request);
        } catch (RuntimeException broken) {
            exchange = CompletableFuture.failedFuture(broken);
        }
        CompletableFuture<RemoteReply> open = exchange;
        return open.copy()
                .orTimeout(request.deadline().remainingNanos() + GRACE_NANOS, TimeUnit.NANOSECONDS)
                .handle((reply, thrown) -> {
                    open.cancel(true); // does nothing unless it outlasted its deadline
                    ExamAnswer answer = read(request, reply, thrown, System.nanoTime() - start);
                    reservation.settle(
                            mayHaveCostUnseen(thrown)
                                    ? OptionalLong.empty()
                                    : answer.usage().costNanoUsd());
                    return answer;
                });
    }

    private ExamAnswer read(
            RemoteRequest request, @Nullable RemoteReply reply, @Nullable Throwable thrown, long nanos) {
        if (reply == null) {
            Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
            return cause instanceof RemoteException failure
                    ? ExamAnswer.failed(failure.reason().degradation(), failure.usage(), nanos)
                    : ExamAnswer.failed(Degradation.INTERNAL, Usage.NONE, nanos);
        }
        ReplyVerifier.Verification verified = verifier.verify(reply, request.snapshot());
        return verified instanceof ReplyVerifier.Accepted accepted
                ? new ExamAnswer(accepted.signal(), null, reply.usage(), nanos)
                : ExamAnswer.failed(Degradation.BAD_REPLY, reply.usage(), nanos);
    }

    private static boolean mayHaveCostUnseen(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        return cause != null && !(cause instanceof RemoteException failure && !failure.mayHaveCostUnseen());
    }

    /** Shows the bar time of the current question. */
    private static final class BarTime extends Clock {
        private volatile long millis;

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
            return Instant.ofEpochMilli(millis);
        }

        @Override
        public long millis() {
            return millis;
        }
    }
}
