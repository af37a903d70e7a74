package io.github.hybridinference.openai;

import com.openai.client.OpenAIClient;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek, or any other service that speaks OpenAI's protocol (see {@link io.github.hybridinference.remote.Dialect}), by
 * openai-java, OpenAI's official client. The client is the owner's: its credentials (Azure's too), interceptors, proxy, TLS
 * and headers are used as he configured them. Keys that rotate are the client's, too: give it a credential with a supplier
 * (such as {@code BearerTokenCredential}); a 401 is not tried again.
 *
 * <pre>{@code
 * OpenAIClient client = OpenAIOkHttpClient.builder().baseUrl("https://api.deepseek.com").apiKey(key).build();
 * RemoteModel model = OpenAiModel.over(client).build();
 * RemoteModel other = OpenAiModel.over(azure).dialect(Dialect.OPENAI).model("my-deployment").build();
 * }</pre>
 *
 * <p>Of the client's settings these are replaced for the requests of this model, in a copy: no retries, since the engine
 * retries within its deadline and budget; the time limit of each request, which is the deadline; no logging of bodies, whatever
 * {@code OPENAI_LOG} says; no headers that tell of the machine. Requests have the body that hybrid-deepseek sends, byte by byte,
 * and equal settings share cached answers.
 *
 * <p>What this client cannot do, and hybrid-deepseek can: a cancelled call keeps its connection until its deadline; each call
 * in flight takes a thread (64 at once unless the builder says otherwise, the others wait); it costs several times the
 * processor time and memory. See docs/decisions/025-openai-java-in-its-own-module.md.
 *
 * <p>Thread-safe. Closing it gives up all calls and leaves the client open, see {@link OpenAiModelBuilder#ownClient}.
 *
 * @since 0.1.0
 */
public final class OpenAiModel implements RemoteModel, AutoCloseable {
    private final BlockingChatModel model;
    private final Completions completions;
    private final @Nullable OpenAIClient owned;

    /**
     * Makes a model.
     *
     * @param owned the client, if the model is to close it
     */
    OpenAiModel(BlockingChatModel model, Completions completions, @Nullable OpenAIClient owned) {
        this.model = model;
        this.completions = completions;
        this.owned = owned;
    }

    /**
     * Starts a model.
     *
     * @param client the client, which the caller closes unless he calls {@link OpenAiModelBuilder#ownClient}
     * @return a builder
     */
    public static OpenAiModelBuilder over(OpenAIClient client) {
        return new OpenAiModelBuilder(client);
    }

    @Override
    public ModelIdentity identity() {
        return model.identity();
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return model.worstCostNanoUsd(request);
    }

    /**
     * Asks once, see {@link BlockingChatModel#ask}.
     *
     * @param request what to send, and by when the attempt must be over
     * @return completes with the reply, or exceptionally with a
     *     {@link io.github.hybridinference.remote.RemoteException}. Cancelling it completes it at once; the connection is
     *     closed at the deadline
     */
    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        return model.ask(request);
    }

    /**
     * Loads what a call needs and opens a connection, by asking the service for its list of models, which is free of charge.
     * Takes at most a few seconds. The response is ignored.
     */
    @Override
    public void warmUp() {
        completions.listModels();
    }

    /**
     * Gives up all calls and ends all threads of this model. The client stays open, unless the builder was told that it is
     * the model's own. Later requests fail as cancelled.
     */
    @Override
    public void close() {
        model.close();
        if (owned != null) {
            owned.close();
        }
    }

    /** The model's name; nothing secret. */
    @Override
    public String toString() {
        return "OpenAiModel[" + identity().model() + "]";
    }
}
