package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.ChatQuestion;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek, or any other service that speaks OpenAI's protocol (see {@link Dialect}), as a model for an engine.
 *
 * <pre>{@code
 * RemoteModel model = DeepSeek.fromEnv();
 * RemoteModel local = DeepSeek.builder().dialect(Dialect.OLLAMA).model("qwen3:8b").build();
 * }</pre>
 *
 * <p>A request contains the prompt, the snapshot's timeframe, asset class and session, its rounded figures, and what the
 * owner added by {@code header}, {@code query} and {@code extraBody} of the builder: no other header reveals the machine or
 * the runtime, redirects are not followed, and each request is checked before it is sent.
 * Thread-safe. Holds its connections and one daemon thread until closed, and others while it looks up the host; nothing runs
 * before the first call.
 *
 * @since 0.1.0
 */
public final class DeepSeek implements RemoteModel, AutoCloseable {
    private final ModelIdentity identity;
    private final RequestTemplate template;
    private final BodyCheck egress;
    private final Audit audit;
    private final Transport transport;
    private final ReplyTranslator replies;
    private final ChatCosts costs;
    private final RequestFactory requests;
    private final KeySource keys;

    DeepSeek(
            ModelIdentity identity,
            RequestTemplate template,
            BodyCheck egress,
            Audit audit,
            Transport transport,
            ReplyTranslator replies,
            ChatCosts costs,
            RequestFactory requests,
            KeySource keys) {
        this.identity = identity;
        this.template = template;
        this.egress = egress;
        this.audit = audit;
        this.transport = transport;
        this.replies = replies;
        this.costs = costs;
        this.requests = requests;
        this.keys = keys;
    }

    /**
     * Makes a model from the environment: {@code DEEPSEEK_API_KEY}, and if they are set {@code DEEPSEEK_BASE_URL},
     * {@code DEEPSEEK_MODEL}, and those of {@link DeepSeekBuilder#network}. No other variable is read.
     *
     * @return a new model
     * @throws IllegalStateException if the key is not set
     * @throws IllegalArgumentException if one of them is malformed; the message does not repeat it
     */
    public static DeepSeek fromEnv() {
        return fromEnv(System.getenv());
    }

    static DeepSeek fromEnv(Map<String, String> env) {
        String key = env.getOrDefault("DEEPSEEK_API_KEY", "");
        if (key.isBlank()) {
            throw new IllegalStateException("the environment variable DEEPSEEK_API_KEY is not set");
        }
        DeepSeekBuilder builder = builder().apiKey(key).network(env);
        String endpoint = env.getOrDefault("DEEPSEEK_BASE_URL", "");
        if (!endpoint.isBlank()) {
            builder.endpoint(endpoint);
        }
        String model = env.getOrDefault("DEEPSEEK_MODEL", "");
        if (!model.isBlank()) {
            builder.model(model);
        }
        return builder.build();
    }

    /**
     * Starts a model.
     *
     * @return a builder with DeepSeek's settings
     */
    public static DeepSeekBuilder builder() {
        return new DeepSeekBuilder();
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest question) {
        return costs.worst(question);
    }

    /**
     * Asks once. A deadline that has passed, a request that fails the egress check, and a closed model fail at once,
     * before anything is sent. A supplier of keys is asked first, on the calling thread.
     *
     * @param question what to ask, and by when the attempt must be over
     * @return completes with the reply, or exceptionally with a {@link RemoteException}, on the transport's only thread,
     *     which must not be blocked. Cancelling it aborts the exchange and completes it with a {@link RemoteException} of
     *     reason CANCELLED, on the cancelling thread, so that {@link CompletableFuture#isCancelled()} stays false.
     *     Completing it from outside aborts the exchange as well
     */
    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest question) {
        return ask(question, () -> {});
    }

    /** The same; {@code written} runs on the transport's thread. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // each of the two futures completes the other
    public CompletableFuture<RemoteReply> ask(RemoteRequest question, Runnable written) {
        if (question.deadline().isExpired()) {
            return failed(Reason.TIMEOUT);
        }
        ApiKey key;
        try {
            key = keys.next();
        } catch (RemoteException noKey) {
            return CompletableFuture.failedFuture(noKey);
        }
        long limitNanos = question.deadline().remainingNanos();
        if (limitNanos <= 0) {
            return failed(Reason.TIMEOUT); // the supplier of keys took that long
        }
        byte[] body = template.body(ChatQuestion.of(question));
        if (!egress.passes(body, question, key)) {
            return failed(Reason.PRIVACY);
        }
        audit.record(question.decisionId(), body);
        CompletableFuture<Response> exchange = transport.send(requests.completion(body, key), limitNanos, written);
        CompletableFuture<RemoteReply> reply = new ReplyFuture(exchange);
        exchange.whenComplete((response, failure) -> settle(question, key, reply, response, failure));
        reply.whenComplete((known, failure) -> exchange.cancel(false));
        return reply;
    }

    private RemoteException named(RemoteException failure) {
        return failure.at(requests.authority());
    }

    private void settle(
            RemoteRequest question,
            @Nullable ApiKey key,
            CompletableFuture<RemoteReply> reply,
            @Nullable Response response,
            @Nullable Throwable failure) {
        if (response == null) {
            reply.completeExceptionally(
                    failure instanceof RemoteException known ? named(known) : new RemoteException(Reason.INTERNAL));
            return;
        }
        try {
            reply.complete(replies.translate(question, response));
        } catch (RemoteException refused) {
            reply.completeExceptionally(keys.failed(key, named(refused)));
        } catch (Throwable ours) {
            reply.completeExceptionally(new RemoteException(Reason.INTERNAL));
            FatalErrors.rethrowIfFatal(ours);
        }
    }

    private static CompletableFuture<RemoteReply> failed(Reason beforeSending) {
        return CompletableFuture.failedFuture(RemoteException.beforeSending(beforeSending));
    }

    /**
     * Loads what a call needs and opens a connection, by asking the service for its list of models, which is free of
     * charge. Takes at most a few seconds. The response is ignored.
     */
    @Override
    public void warmUp() {
        WarmUp.rehearse(over(WarmUp.ECHO));
        ApiKey key;
        try {
            key = keys.next();
        } catch (RemoteException noKey) {
            return; // which the first call will report
        }
        WarmUp.connect(transport, requests.modelList(key));
    }

    /**
     * Finds out whether this model can be used as it is set up: asks the service for its list of models, which is free of
     * charge, and if that does not fail, one sample question with the real prompt, which <strong>costs money</strong>: at
     * most {@link #worstCheckCostNanoUsd()}, with DeepSeek's prices about a hundredth of a cent. The call goes past the
     * engine: no budget, retry or cache takes part. Blocks for at most a minute.
     *
     * @return what was found, with what to mend
     */
    public CheckReport check() {
        return new ServiceCheck(this, transport, requests, keys, replies.clock()).run();
    }

    /**
     * Quotes the most that {@link #check()} can cost.
     *
     * @return billionths of a US dollar, or empty if the price is unknown
     */
    public OptionalLong worstCheckCostNanoUsd() {
        return worstCostNanoUsd(ServiceCheck.question());
    }

    /** The same model over a transport that sends nothing, and so without an egress log and a key. */
    private DeepSeek over(Transport echo) {
        return new DeepSeek(
                identity, template, egress, audit.withoutLog(), echo, replies, costs, requests, KeySource.always(null));
    }

    /** Aborts all calls and ends all threads. Later questions fail as cancelled. */
    @Override
    public void close() {
        transport.close();
    }

    /** The model's name; nothing secret. */
    @Override
    public String toString() {
        return "DeepSeek[" + identity.model() + "]";
    }
}
