package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.examples.service.AttemptTimes.Attempt;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AttemptTimesTest {
    private long now;
    private final AttemptTimes times = new AttemptTimes(() -> now);
    private CompletableFuture<RemoteReply> reply = new CompletableFuture<>();
    private Runnable written = () -> {};

    private final RemoteModel model = times.watch(new RemoteModel() {
        @Override
        public ModelIdentity identity() {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return OptionalLong.of(7);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            return reply;
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable whenWritten) {
            written = whenWritten;
            return reply;
        }
    });

    @Test
    void notesEachAttemptForItsDecision() {
        boolean[] told = new boolean[1];
        now = 10;
        assertThat(model.ask(request("a"), () -> told[0] = true))
                .as("the engine cancels the model's own future")
                .isSameAs(reply);
        now = 15;
        written.run();
        now = 20;
        reply.completeExceptionally(new IllegalStateException());
        reply = new CompletableFuture<>();
        now = 30;
        Object second = model.ask(request("a"), () -> {});
        Object other = model.ask(request("b"), () -> {});

        assertThat(second).isSameAs(other);
        assertThat(told[0]).isTrue();
        assertThat(times.take("a"))
                .containsExactly(
                        new Attempt(10, OptionalLong.of(15), OptionalLong.of(20)),
                        new Attempt(30, OptionalLong.empty(), OptionalLong.empty()));
        assertThat(times.take("a")).as("taken once").isEmpty();
        assertThat(times.take("b")).hasSize(1);
        reply.cancel(true); // news of attempts that were taken
        written.run();
        assertThat(times.take("b")).isEmpty();
        assertThat(model.worstCostNanoUsd(request("a"))).hasValue(7);
    }

    @Test
    void forgetsTheOldestOfThoseThatAreNeverTaken() {
        for (int i = 0; i < 1_500; i++) {
            Object unused = model.ask(request("decision-" + i), () -> {});
        }

        assertThat(times.take("decision-499")).isEmpty();
        assertThat(times.take("decision-500")).hasSize(1);
        assertThat(times.take("decision-1499")).hasSize(1);
    }

    private static RemoteRequest request(String decisionId) {
        MarketSnapshot snapshot =
                MarketSnapshot.builder("A", Timeframe.H1).feature("rsi_14", 50).build();
        return new RemoteRequest(
                Anonymizer.coarse().anonymize(snapshot),
                Optional.empty(),
                Deadline.after(Duration.ofSeconds(1)),
                decisionId);
    }
}
