package io.github.hybridinference.remote;

import io.github.hybridinference.remote.RemoteException.Reason;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model that is reached by a chat client of the owner's, whatever it speaks. The owner brings one function that sends a
 * system message and a user's message and waits for the reply; prompt, message, egress check, quote, price, deadline and
 * cancellation are done here.
 *
 * <pre>{@code
 * RemoteModel model = BlockingChatModel.builder("some-model", call -> ChatReply.of(client.chat(call.system(), call.user())))
 *         .prices(PriceTable.perMillionTokens().cachedInput("0.01").input("0.10").output("0.40"))
 *         .build();
 * }</pre>
 *
 * <p>The function runs on daemon threads of this model, a limited number at once, and is interrupted when the deadline passes
 * or the call is given up. The caller is answered then in any case; a client that ignores interrupts holds its thread until it
 * returns, so give it a time limit of its own. Thread-safe. Nothing runs before the first call. Closing it gives up all calls
 * and leaves the client open.
 *
 * @since 0.1.0
 */
public final class BlockingChatModel implements RemoteModel, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BlockingChatModel.class);
    private static final int MOST_KINDS_LOGGED = 16;

    private final ModelIdentity identity;
    private final ChatPrompt prompt;
    private final ChatCosts costs;
    private final EgressCheck egress;
    private final ChatFunction function;
    private final BlockingCalls calls;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    BlockingChatModel(
            ModelIdentity identity,
            ChatPrompt prompt,
            ChatCosts costs,
            EgressCheck egress,
            ChatFunction function,
            BlockingCalls calls) {
        this.identity = identity;
        this.prompt = prompt;
        this.costs = costs;
        this.egress = egress;
        this.function = function;
        this.calls = calls;
    }

    /**
     * Starts a model.
     *
     * @param model the model's name, by which prices are looked up: 1 to 128 letters, digits and {@code ._:/@-}
     * @param function one call of the client
     * @return a builder
     * @throws IllegalArgumentException if the name is malformed
     */
    public static BlockingChatModelBuilder builder(String model, ChatFunction function) {
        return new BlockingChatModelBuilder(
                ChatSettings.checkModel(model), Objects.requireNonNull(function, "function"));
    }

    @Override
    public ModelIdentity identity() {
        return identity;
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return costs.worst(request);
    }

    /**
     * Calls the function once. A deadline that has passed, a message that fails the egress check, more calls than can wait,
     * and a closed model fail at once, before anything is sent.
     *
     * @param request what to send, and by when the attempt must be over
     * @return completes with the reply, or exceptionally with a {@link RemoteException}, on a thread of this model, which
     *     must not be blocked. Cancelling it interrupts the function and completes it with a {@link RemoteException} of
     *     reason CANCELLED, on the cancelling thread
     */
    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        if (request.deadline().isExpired()) {
            return CompletableFuture.failedFuture(RemoteException.beforeSending(Reason.TIMEOUT));
        }
        String message = ChatQuestion.of(request).toString();
        if (!egress.passes(message, request)) {
            return CompletableFuture.failedFuture(RemoteException.beforeSending(Reason.PRIVACY));
        }
        ChatCall call = new ChatCall(prompt.text(), message, request.deadline(), request.decisionId());
        return calls.start(request.deadline(), () -> reply(request, call));
    }

    private RemoteReply reply(RemoteRequest request, ChatCall call) {
        ChatReply reply = call(call);
        if (reply == null) {
            throw RemoteException.badReply(ReplyProblem.BLANK, ChatCosts.UNSEEN);
        }
        String answered = costs.nameOf(reply.model());
        return new RemoteReply(
                reply.text(),
                reply.finish(),
                costs.usage(request, reply.tokens(), answered, reply.text()),
                answered,
                reply.fingerprint());
    }

    private @Nullable ChatReply call(ChatCall call) {
        try {
            return function.reply(call);
        } catch (RemoteException known) {
            throw known;
        } catch (InterruptedException givenUp) {
            throw new RemoteException(Reason.CANCELLED);
        } catch (Exception unknown) {
            if (call.deadline().isExpired()) {
                throw new RemoteException(Reason.TIMEOUT);
            }
            logOnce(unknown);
            RemoteException failure = new RemoteException(Reason.UNAVAILABLE);
            throw ConnectionFailures.causeOf(unknown).map(failure::because).orElse(failure);
        }
    }

    /** By its type alone, since its message and its cause can hold a key or a caller's data. */
    private void logOnce(Exception unknown) {
        String type = unknown.getClass().getName();
        if (logged.size() < MOST_KINDS_LOGGED && logged.add(type)) {
            LOG.warn(
                    "a call of {} failed with {}, counted as UNAVAILABLE; said once for this type",
                    identity.model(),
                    type);
        }
    }

    /** Gives up all calls and ends all threads. Later requests fail as cancelled. */
    @Override
    public void close() {
        calls.close();
    }

    /** The model's name; nothing secret. */
    @Override
    public String toString() {
        return "BlockingChatModel[" + identity.model() + "]";
    }
}
