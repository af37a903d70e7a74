package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Makes the first call as quick as the later ones. A question to the service would cost money, so a question is asked over a
 * transport that answers by itself, and the connection is opened with a request that is free of charge.
 */
final class WarmUp {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int ROUNDS =
            50; // enough to load the classes and to leave the slowest part of interpretation behind

    /** A typical reply, whose content is not used. */
    private static final byte[] REPLY = """
            {"id":"","object":"chat.completion","model":"none","choices":[{"index":0,"finish_reason":"stop",
            "message":{"role":"assistant","content":"{}"}}],"usage":{"prompt_tokens":1,"completion_tokens":1,
            "total_tokens":2,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":1,
            "prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
            """.getBytes(StandardCharsets.UTF_8);

    /** Sends nothing and answers every request with the same reply. */
    static final Transport ECHO = new Echo();

    private WarmUp() {}

    /** Runs the code of a call, with a model that uses {@link #ECHO}. */
    static void rehearse(RemoteModel model) {
        RemoteRequest question = question();
        for (int i = 0; i < ROUNDS; i++) {
            model.worstCostNanoUsd(question);
            model.ask(question).join();
        }
    }

    /** Opens a connection with a request that is free of charge, and waits for the response. */
    static void connect(Transport transport, Request free) {
        try {
            transport.send(free, LONGEST.toNanos()).join();
        } catch (CompletionException failed) {
            if (!(failed.getCause() instanceof RemoteException)) {
                throw failed;
            }
            // the service is down or slow, which the first call will report
        }
    }

    private static RemoteRequest question() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 50)
                .put(Feature.VOLATILITY_PCT, 1)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(LONGEST), "");
    }

    private static final class Echo implements Transport {
        @Override
        public CompletableFuture<Response> send(Request request, long limitNanos, Runnable written) {
            return CompletableFuture.completedFuture(new Response(200, name -> null, Body.of(REPLY)));
        }

        @Override
        public void close() {}
    }
}
