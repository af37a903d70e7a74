package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.Dialect.Effort;
import io.github.hybridinference.remote.Dialect.Output;
import io.github.hybridinference.remote.Dialect.Thinking;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What shapes the requests of an adapter that speaks OpenAI's protocol, with whatever client it sends them. Immutable and
 * thread-safe. Made by {@link #of}, which fills in what its owner left out.
 *
 * @param dialect the dialect of the service
 * @param model the model's name as it is sent
 * @param prompt the system message
 * @param maxOutputTokens the longest reply, hidden reasoning included
 * @param prices what the service charges
 * @param clock the wall clock by which prices are looked up
 * @since 0.1.0
 */
public record ChatSettings(
        Dialect dialect, String model, ChatPrompt prompt, int maxOutputTokens, PriceTable prices, Clock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(ChatSettings.class);
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,128}");
    private static final int MOST_OUTPUT_TOKENS = 65_536;
    private static final String CURRENT = "deepseek-flash";
    private static final String DEEPSEEK_HOST = "api.deepseek.com";

    /**
     * Refuses what cannot be sent.
     *
     * @param dialect the dialect of the service
     * @param model the model's name as it is sent
     * @param prompt the system message
     * @param maxOutputTokens the longest reply
     * @param prices what the service charges
     * @param clock the wall clock
     * @throws IllegalArgumentException if the name or the limit is malformed
     * @throws IllegalStateException if the prompt does not contain the word json although the dialect has JSON mode
     */
    public ChatSettings {
        Objects.requireNonNull(dialect, "dialect");
        checkModel(model);
        checkMaxOutputTokens(maxOutputTokens);
        Objects.requireNonNull(prices, "prices");
        Objects.requireNonNull(clock, "clock");
        if (dialect.output() == Output.JSON_OBJECT && !prompt.mentionsJson()) {
            throw new IllegalStateException("in JSON mode the prompt must contain the word json");
        }
    }

    /**
     * Fills in what was left out, and replaces names that DeepSeek has switched off by the current model's, if DeepSeek is
     * who is asked: a gateway or a server of the owner's may have a model of that name. Logs a warning for such a name, and
     * for a model without a price.
     *
     * @param host the host that the requests go to
     * @param dialect null for {@link Dialect#DEEPSEEK}
     * @param model null for DeepSeek's current cheap model; the other dialects have no default
     * @param prompt null for {@link ChatPrompt#STANDARD}
     * @param maxOutputTokens null for 200, or 4,096 for a model that thinks
     * @param prices null for the dialect's
     * @param clock null for the system's
     * @return the settings
     * @throws IllegalStateException if a dialect other than DeepSeek's has no model, or in JSON mode the prompt does not
     *     contain the word json
     */
    public static ChatSettings of(
            String host,
            @Nullable Dialect dialect,
            @Nullable String model,
            @Nullable ChatPrompt prompt,
            @Nullable Integer maxOutputTokens,
            @Nullable PriceTable prices,
            @Nullable Clock clock) {
        Objects.requireNonNull(host, "host");
        Dialect asked = Objects.requireNonNullElse(dialect, Dialect.DEEPSEEK);
        String name = model == null ? defaultModel(asked) : model;
        Dialect spoken = asked;
        if (host.equalsIgnoreCase(DEEPSEEK_HOST) && name.equals("deepseek-chat")) {
            LOG.warn("deepseek-chat was switched off on 2026-07-24; asking {} without thinking instead", CURRENT);
            name = CURRENT;
            spoken = asked.withEffort(Effort.NONE).withThinking(Thinking.TYPE_AND_EFFORT);
        } else if (host.equalsIgnoreCase(DEEPSEEK_HOST) && name.equals("deepseek-reasoner")) {
            LOG.warn("deepseek-reasoner was switched off on 2026-07-24; asking {} with thinking instead", CURRENT);
            name = CURRENT;
            Dialect thinking = asked.withThinking(Thinking.TYPE_AND_EFFORT);
            spoken = thinking.thinks() ? thinking : thinking.withEffort(Effort.DEFAULT);
        }
        ChatSettings settings = new ChatSettings(
                spoken,
                name,
                Objects.requireNonNullElse(prompt, ChatPrompt.STANDARD),
                maxOutputTokens == null ? spoken.usualOutputTokens() : maxOutputTokens,
                Objects.requireNonNullElseGet(prices, spoken::prices),
                Objects.requireNonNullElseGet(clock, Clock::systemUTC));
        settings.costs().warnIfUnknown();
        return settings;
    }

    /**
     * Checks a model's name.
     *
     * @param name the name as the service knows it
     * @return the name
     * @throws IllegalArgumentException if it is not 1 to 128 letters, digits and {@code ._:/@-}
     */
    public static String checkModel(String name) {
        if (!MODEL_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a model's name is 1 to 128 letters, digits and ._:/@-");
        }
        return name;
    }

    /**
     * Checks the limit of a reply.
     *
     * @param tokens 16 to 65,536
     * @return the limit
     * @throws IllegalArgumentException if it is out of range
     */
    public static int checkMaxOutputTokens(int tokens) {
        if (tokens < 16 || tokens > MOST_OUTPUT_TOKENS) {
            throw new IllegalArgumentException("maxOutputTokens is 16 to " + MOST_OUTPUT_TOKENS);
        }
        return tokens;
    }

    /**
     * Tells which model this is and how it is asked. Two adapters with equal settings share cached answers, whatever client
     * sends their requests.
     *
     * @return the identity
     */
    public ModelIdentity identity() {
        return new ModelIdentity(model, prompt.version(), dialect.parameters() + " max_tokens=" + maxOutputTokens);
    }

    /**
     * Tells what a call costs.
     *
     * @return quotes and prices by these settings
     */
    public ChatCosts costs() {
        return new ChatCosts(model, prices, clock, prompt, maxOutputTokens).withMoreInput(moreInputTokens());
    }

    /**
     * Tells how much input a request has besides the two messages.
     *
     * @return at most so many tokens: the length of the {@link ReplySchema} if it is sent, or 0
     */
    public int moreInputTokens() {
        return dialect.output() == Output.JSON_SCHEMA ? ReplySchema.JSON.length() : 0;
    }

    private static String defaultModel(Dialect dialect) {
        if (!dialect.isDeepSeek()) {
            throw new IllegalStateException("this dialect has no default model: set model");
        }
        return CURRENT;
    }
}
