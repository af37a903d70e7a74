package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link BlockingChatModel}. Each mistake is refused at the call that makes it: every setter can be called once,
 * and throws an {@link IllegalStateException} the second time. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class BlockingChatModelBuilder {
    private static final int MOST_MORE_INPUT = 65_536;
    private static final int USUAL_OUTPUT_TOKENS = 200;
    private static final int USUAL_IN_FLIGHT = 64;
    private static final int MOST_IN_FLIGHT = 4_096;

    private final String model;
    private final ChatFunction function;
    private @Nullable ChatPrompt prompt;
    private @Nullable PriceTable prices;
    private @Nullable Integer maxOutputTokens;
    private @Nullable Integer maxInFlight;
    private @Nullable Integer moreInputTokens;
    private @Nullable String parameters;
    private @Nullable Clock clock;
    private boolean onThisMachine;

    BlockingChatModelBuilder(String model, ChatFunction function) {
        this.model = model;
        this.function = function;
    }

    /**
     * Sets the system message, by default {@link ChatPrompt#STANDARD}.
     *
     * @param system the message
     * @return this builder
     */
    public BlockingChatModelBuilder prompt(ChatPrompt system) {
        prompt = once(prompt, system, "prompt");
        return this;
    }

    /**
     * Sets what the service charges, by default {@link PriceTable#standard()}. Without a price the cost of a call is unknown,
     * and a budget with a cap refuses it; a warning is logged when the model is built.
     *
     * @param table the prices
     * @return this builder
     */
    public BlockingChatModelBuilder prices(PriceTable table) {
        prices = once(prices, table, "prices");
        return this;
    }

    /**
     * Tells the longest reply that the client asks for, by default 200 tokens. It is used for the quote only, so the client
     * must be given the same limit: a longer reply would cost more than was quoted.
     *
     * @param tokens 16 to 65,536, hidden reasoning included
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public BlockingChatModelBuilder maxOutputTokens(int tokens) {
        maxOutputTokens = once(maxOutputTokens, ChatSettings.checkMaxOutputTokens(tokens), "maxOutputTokens");
        return this;
    }

    /**
     * Tells how much the client sends besides the two messages, such as a schema or tools, by default nothing. It is used for
     * the quote only: input that exceeds it makes a reply's token counts incredible.
     *
     * @param tokens 0 to 65,536, at most one a byte
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public BlockingChatModelBuilder moreInputTokens(int tokens) {
        if (tokens < 0 || tokens > MOST_MORE_INPUT) {
            throw new IllegalArgumentException("moreInputTokens is 0 to " + MOST_MORE_INPUT);
        }
        moreInputTokens = once(moreInputTokens, tokens, "moreInputTokens");
        return this;
    }

    /**
     * Sets how many calls run at once, each on a thread of its own, by default 64. Up to 1,024 more wait.
     *
     * @param calls 1 to 4,096
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public BlockingChatModelBuilder maxInFlight(int calls) {
        if (calls < 1 || calls > MOST_IN_FLIGHT) {
            throw new IllegalArgumentException("maxInFlight is 1 to " + MOST_IN_FLIGHT);
        }
        maxInFlight = once(maxInFlight, calls, "maxInFlight");
        return this;
    }

    /**
     * Tells what of the client's settings shapes an answer, such as its service and temperature, in any stable spelling. It is
     * part of the cache's key: models of equal name, prompt and parameters share cached answers. By default {@code chat}.
     *
     * @param spelled the settings
     * @return this builder
     */
    public BlockingChatModelBuilder parameters(String spelled) {
        parameters = once(parameters, spelled, "parameters");
        return this;
    }

    /**
     * Sets the clock by which prices are looked up, by default the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public BlockingChatModelBuilder clock(Clock source) {
        clock = once(clock, source, "clock");
        return this;
    }

    /**
     * Tells that the model runs on this machine, the only place to which fine figures may be sent. Without it they are
     * refused, as {@link RemoteException.Reason#PRIVACY}.
     *
     * @return this builder
     */
    public BlockingChatModelBuilder onThisMachine() {
        once(onThisMachine ? Boolean.TRUE : null, Boolean.TRUE, "onThisMachine");
        onThisMachine = true;
        return this;
    }

    /**
     * Makes the model.
     *
     * @return a new model; the caller closes it, unless an engine owns it
     */
    public BlockingChatModel build() {
        ChatPrompt system = Objects.requireNonNullElse(prompt, ChatPrompt.STANDARD);
        ChatCosts costs = new ChatCosts(
                        model,
                        Objects.requireNonNullElseGet(prices, PriceTable::standard),
                        Objects.requireNonNullElseGet(clock, Clock::systemUTC),
                        system,
                        maxOutputTokens == null ? USUAL_OUTPUT_TOKENS : maxOutputTokens)
                .withMoreInput(moreInputTokens == null ? 0 : moreInputTokens);
        costs.warnIfUnknown();
        return new BlockingChatModel(
                new ModelIdentity(model, system.version(), Objects.requireNonNullElse(parameters, "chat")),
                system,
                costs,
                new EgressCheck(onThisMachine),
                function,
                new BlockingCalls("hybrid-chat-model", maxInFlight == null ? USUAL_IN_FLIGHT : maxInFlight));
    }

    private static <T> T once(@Nullable T before, T now, String setter) {
        if (before != null) {
            throw new IllegalStateException(setter + " was already set");
        }
        return Objects.requireNonNull(now, setter);
    }

    @Override
    public String toString() {
        return "BlockingChatModelBuilder";
    }
}
