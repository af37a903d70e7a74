package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.testing.LogCapture;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BlockingChatModelTest {
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final String CANARY = "canary-of-the-client";

    @Test
    void sendsThePromptAndTheQuestionAsTheyAreWritten() throws Exception {
        AtomicReference<ChatCall> sent = new AtomicReference<>();
        RemoteRequest again = new RemoteRequest(
                request(Resolution.COARSE, PATIENT).snapshot(),
                Optional.of(ReplyProblem.TRUNCATED),
                Deadline.after(PATIENT),
                "decision-1");
        try (BlockingChatModel model = model(call -> {
            sent.set(call);
            return ChatReply.of("{}");
        })) {
            model.ask(again).get(60, TimeUnit.SECONDS);
        }

        assertThat(sent.get().system()).isEqualTo(ChatPrompt.STANDARD.text());
        assertThat(sent.get().user())
                .isEqualTo(
                        "1h crypto\n{\"rsi_14\":27,\"%\":{\"volatility\":2}}\n" + ReplyProblem.TRUNCATED.complaint());
        assertThat(sent.get().decisionId()).isEqualTo("decision-1");
        assertThat(sent.get().toString()).doesNotContain("27");
    }

    @Test
    void passesOnTextFinishModelAndTheirPrice() throws Exception {
        try (BlockingChatModel model = model(
                call -> new ChatReply("{\"action\":1}", Finish.STOP, TokenCounts.of(100, 50), "some-model-2026", "fp_1")
                        .withFinish("LENGTH"))) {
            RemoteReply reply = ask(model, PATIENT).get(60, TimeUnit.SECONDS);

            assertThat(reply)
                    .isEqualTo(new RemoteReply(
                            "{\"action\":1}",
                            Finish.LENGTH,
                            new Usage(0, 100, 50, 0, OptionalLong.of(100 * 2_000 + 50 * 3_000)),
                            "some-model-2026",
                            "fp_1"));
        }
    }

    @Test
    void doesNotKnowTheCostOfAReplyWithoutCounts() throws Exception {
        try (BlockingChatModel silent = model(call -> ChatReply.of("{}"));
                BlockingChatModel zeros = model(call -> ChatReply.of("{}").withTokens(0, 0))) {
            assertThat(ask(silent, PATIENT).get(60, TimeUnit.SECONDS).usage().costNanoUsd())
                    .isEmpty();
            assertThat(ask(zeros, PATIENT).get(60, TimeUnit.SECONDS).usage().costNanoUsd())
                    .isEmpty();
        }
    }

    @Test
    void keepsTheDeadlineOfAClientThatHasNoneAndIgnoresInterrupts() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (BlockingChatModel model = model(call -> {
            boolean done = false;
            while (!done) {
                try {
                    release.await();
                    done = true;
                } catch (InterruptedException ignored) {
                    // as some clients do
                }
            }
            return ChatReply.of("{}");
        })) {
            RemoteException failure = failureOf(ask(model, Duration.ofMillis(100)));

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.mayHaveCostUnseen()).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void sendsNothingForACallWhoseDeadlinePassesWhileItWaits() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        try (BlockingChatModel model = builder(call -> {
                    calls.incrementAndGet();
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return ChatReply.of("{}");
                })
                .maxInFlight(1)
                .build()) {
            CompletableFuture<RemoteReply> first = ask(model, PATIENT);
            begun.await();
            RemoteException second = failureOf(ask(model, Duration.ofMillis(100)));

            assertThat(second.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(second.mayHaveCostUnseen()).isFalse();
            first.cancel(true);
            assertThat(failureOf(first).reason()).isEqualTo(Reason.CANCELLED);
        }
        assertThat(calls).hasValue(1);
    }

    @Test
    void doesNotInterruptTheCallThatFollowsACancelledOne() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (BlockingChatModel model = builder(call -> {
                    if (calls.incrementAndGet() == 1) {
                        begun.countDown();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.onSpinWait();
                        }
                    }
                    return ChatReply.of(Thread.currentThread().isInterrupted() ? "interrupted" : "undisturbed");
                })
                .maxInFlight(1)
                .build()) {
            CompletableFuture<RemoteReply> first = ask(model, PATIENT);
            begun.await();
            first.cancel(true);

            assertThat(ask(model, PATIENT).get(60, TimeUnit.SECONDS).text()).isEqualTo("undisturbed");
        }
    }

    @Test
    void reportsAnUnknownExceptionWithoutItsTextAndNamesItsTypeOnce() {
        try (LogCapture log = new LogCapture();
                BlockingChatModel model = model(call -> {
                    throw new IllegalStateException(CANARY, new RuntimeException(CANARY));
                })) {
            RemoteException failure = failureOf(ask(model, PATIENT));
            failureOf(ask(model, PATIENT));

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isTrue();
            assertThat(failure).hasNoCause().message().doesNotContain(CANARY);
            assertThat(log.text()).containsOnlyOnce("IllegalStateException").doesNotContain(CANARY);
        }
    }

    @Test
    void tellsWhyTheClientOfAUserCouldNotConnect() {
        try (BlockingChatModel model = model(call -> {
            throw new IllegalStateException(CANARY, new java.net.UnknownHostException(CANARY));
        })) {
            RemoteException failure = failureOf(ask(model, PATIENT));
            assertThat(failure.failureCause()).contains(FailureCause.NAME_NOT_FOUND);
            assertThat(failure).message().doesNotContain(CANARY);
            assertThat(failure.mayHaveCostUnseen()).isTrue(); // the client may have tried before, with more success
        }
    }

    @Test
    void passesOnWhatTheFunctionKnows() {
        RemoteException known = RemoteException.beforeSending(Reason.RATE_LIMITED);
        try (BlockingChatModel model = model(call -> {
            throw known;
        })) {
            assertThat(failureOf(ask(model, PATIENT))).isSameAs(known);
        }
    }

    @Test
    void reportsABrokenFunctionAsItsOwnFault() {
        try (BlockingChatModel model = model(call -> {
            throw new NoClassDefFoundError(CANARY);
        })) {
            assertThat(failureOf(ask(model, PATIENT)).reason()).isEqualTo(Reason.INTERNAL);
        }
    }

    @Test
    void takesNoReplyForABlankOne() {
        try (BlockingChatModel model = model(call -> null)) {
            assertThat(failureOf(ask(model, PATIENT)).problem()).contains(ReplyProblem.BLANK);
        }
    }

    @Test
    void sendsFineFiguresToAModelOnThisMachineOnly() throws Exception {
        RemoteRequest fine = request(Resolution.FINE, PATIENT);
        try (BlockingChatModel elsewhere = model(call -> ChatReply.of("{}"));
                BlockingChatModel here =
                        builder(call -> ChatReply.of("{}")).onThisMachine().build()) {
            RemoteException failure = failureOf(elsewhere.ask(fine));

            assertThat(failure.reason()).isEqualTo(Reason.PRIVACY);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertThat(here.ask(fine).get(60, TimeUnit.SECONDS).text()).isEqualTo("{}");
        }
    }

    @Test
    void refusesWhatCannotEvenWait() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (BlockingChatModel model = builder(call -> {
                    release.await();
                    return ChatReply.of("{}");
                })
                .maxInFlight(1)
                .build()) {
            CompletableFuture<RemoteReply> last = ask(model, PATIENT);
            for (int i = 0; i < 1_100; i++) {
                last = ask(model, PATIENT);
            }
            RemoteException failure = failureOf(last);

            assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            release.countDown();
        }
    }

    @Test
    void closingGivesUpAllCallsAndRefusesLaterOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        BlockingChatModel model = builder(call -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return ChatReply.of("{}");
                })
                .maxInFlight(1)
                .build();
        CompletableFuture<RemoteReply> running = ask(model, PATIENT);
        begun.await();
        CompletableFuture<RemoteReply> waiting = ask(model, PATIENT);

        model.close();

        assertThat(failureOf(running).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(failureOf(waiting).mayHaveCostUnseen()).isFalse();
        RemoteException later = failureOf(ask(model, PATIENT));
        assertThat(later.reason()).isEqualTo(Reason.CANCELLED);
        assertThat(later.mayHaveCostUnseen()).isFalse();
    }

    @Test
    void refusesMistakesAtTheCallThatMakesThem() {
        assertThatThrownBy(() -> BlockingChatModel.builder("a name", call -> ChatReply.of("")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder(call -> ChatReply.of("")).maxInFlight(0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> builder(call -> ChatReply.of("")).onThisMachine().onThisMachine())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("onThisMachine was already set");
        assertThatThrownBy(() -> builder(call -> ChatReply.of("")).prices(PriceTable.standard()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("prices was already set");
    }

    private static BlockingChatModel model(ChatFunction function) {
        return builder(function).build();
    }

    private static BlockingChatModelBuilder builder(ChatFunction function) {
        return BlockingChatModel.builder("some-model", function)
                .prices(PriceTable.perMillionTokens()
                        .cachedInput("1")
                        .input("2")
                        .output("3"));
    }

    private static CompletableFuture<RemoteReply> ask(RemoteModel model, Duration patience) {
        return model.ask(request(Resolution.COARSE, patience));
    }

    private static RemoteRequest request(Resolution resolution, Duration patience) {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, resolution)
                .assetClass(AssetClass.CRYPTO)
                .put(Feature.RSI_14, 27)
                .put(Feature.VOLATILITY_PCT, 2)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(patience), "decision-1");
    }

    private static RemoteException failureOf(CompletableFuture<RemoteReply> asked) {
        Throwable thrown = asked.handle((reply, failure) -> failure)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        assertThat(thrown).isInstanceOf(RemoteException.class);
        return (RemoteException) thrown;
    }
}
