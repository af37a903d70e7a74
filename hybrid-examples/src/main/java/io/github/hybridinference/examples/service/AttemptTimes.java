package io.github.hybridinference.examples.service;

import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** When a model was asked for a decision and when it replied: the details of a decision show where its time went. */
final class AttemptTimes {
    /** Of calls whose decision never takes them, as when the caller has gone: the oldest are forgotten. */
    private static final int DECISIONS = 1_000;

    /**
     * One attempt, on the nano clock.
     *
     * @param writtenNanos when its request was written; empty if it never was
     * @param endNanos when it ended; empty while it has not
     */
    record Attempt(long askedNanos, OptionalLong writtenNanos, OptionalLong endNanos) {}

    private final LongSupplier nanoClock;
    private final Map<String, List<Attempt>> byDecision = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Attempt>> eldest) {
            return size() > DECISIONS;
        }
    };

    AttemptTimes(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The attempts for a decision so far, which are forgotten with this. */
    synchronized List<Attempt> take(String decisionId) {
        List<Attempt> attempts = byDecision.remove(decisionId);
        return attempts == null ? List.of() : List.copyOf(attempts);
    }

    /** The time on the clock of the attempts. */
    long nanos() {
        return nanoClock.getAsLong();
    }

    /** The same model, whose attempts are noted here. */
    RemoteModel watch(RemoteModel model) {
        return new Watched(model);
    }

    private synchronized int begin(String decisionId) {
        List<Attempt> attempts = byDecision.computeIfAbsent(decisionId, any -> new ArrayList<>());
        attempts.add(new Attempt(nanos(), OptionalLong.empty(), OptionalLong.empty()));
        return attempts.size() - 1;
    }

    private synchronized void written(String decisionId, int index) {
        List<Attempt> attempts = byDecision.get(decisionId);
        if (attempts != null && index < attempts.size()) {
            Attempt attempt = attempts.get(index);
            attempts.set(index, new Attempt(attempt.askedNanos(), OptionalLong.of(nanos()), attempt.endNanos()));
        }
    }

    private synchronized void ended(String decisionId, int index) {
        List<Attempt> attempts = byDecision.get(decisionId);
        if (attempts != null && index < attempts.size()) {
            Attempt attempt = attempts.get(index);
            attempts.set(index, new Attempt(attempt.askedNanos(), attempt.writtenNanos(), OptionalLong.of(nanos())));
        }
    }

    private final class Watched implements RemoteModel {
        private final RemoteModel model;

        Watched(RemoteModel model) {
            this.model = model;
        }

        @Override
        public ModelIdentity identity() {
            return model.identity();
        }

        @Override
        public OptionalLong worstCostNanoUsd(RemoteRequest request) {
            return model.worstCostNanoUsd(request);
        }

        @Override
        public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
            return ask(request, () -> {});
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // the engine has the future itself, so that it can cancel it
        public CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable written) {
            String id = request.decisionId();
            int index = begin(id);
            CompletableFuture<RemoteReply> reply = model.ask(request, () -> {
                written(id, index);
                written.run();
            });
            reply.whenComplete((received, failure) -> ended(id, index));
            return reply;
        }

        @Override
        public void warmUp() {
            model.warmUp();
        }
    }
}
