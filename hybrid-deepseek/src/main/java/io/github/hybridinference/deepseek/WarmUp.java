package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Goes the whole way of a call: the question without the network, since it would cost money, and the network without it. */
final class WarmUp {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int ROUNDS = 50; // enough to have the classes loaded and the interpreter's slowest part over

    /** A reply as services write it; it is read and thrown away. */
    private static final byte[] REPLY = """
            {"id":"","object":"chat.completion","model":"none","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"{}"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,
            "total_tokens":2,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":1,
            "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
            """.getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    static void run(DeepSeekParts parts) {
        RemoteRequest question = question();
        try (DeepSeek model = new DeepSeek(parts.carriedBy(new Echo()))) {
            for (int i = 0; i < ROUNDS; i++) {
                model.worstCostNanoUsd(question);
                model.ask(question).join();
            }
        }
        try {
            parts.transport().send(parts.probe(), LONGEST.toNanos()).join();
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof RemoteException)) {
                throw failed;
            }
            // the service is down or slow; the first call will find out and say so
        }
    }

    private static RemoteRequest question() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 50)
                .put(Feature.VOLATILITY_PCT, 1)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(LONGEST), "");
    }

    /** Sends nothing and has an answer for everything. */
    private static final class Echo implements Transport {
        @Override
        public CompletableFuture<Answer> send(Outgoing request, long limitNanos) {
            return CompletableFuture.completedFuture(new Answer(200, name -> null, Body.of(REPLY)));
        }

        @Override
        public void close() {}
    }
}
