package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
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
     * @throws IllegalStateException if the prompt does not contain the word json although the dialect has a JSON mode
     */
    public ChatSettings {
        Objects.requireNonNull(dialect, "dialect");
        checkModel(model);
        checkMaxOutputTokens(maxOutputTokens);
        Objects.requireNonNull(prices, "prices");
        Objects.requireNonNull(clock, "clock");
        if (dialect.jsonMode() && !prompt.mentionsJson()) {
            throw new IllegalStateException("in JSON mode the prompt must contain the word json");
        }
    }

    /**
     * Fills in what was left out, and replaces names that DeepSeek has switched off by the current model's. Logs a warning
     * for such a name, and for a model without a price.
     *
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
            @Nullable Dialect dialect,
            @Nullable String model,
            @Nullable ChatPrompt prompt,
            @Nullable Integer maxOutputTokens,
            @Nullable PriceTable prices,
            @Nullable Clock clock) {
        Dialect asked = Objects.requireNonNullElse(dialect, Dialect.DEEPSEEK);
        String name = model == null ? defaultModel(asked) : model;
        Dialect spoken = asked;
        if (isDeepSeek(asked) && name.equals("deepseek-chat")) {
            LOG.warn("deepseek-chat was switched off on 2026-07-24; asking {} without thinking instead", CURRENT);
            name = CURRENT;
            spoken = asked.withThinking(Thinking.TYPE_DISABLED);
        } else if (isDeepSeek(asked) && name.equals("deepseek-reasoner")) {
            LOG.warn("deepseek-reasoner was switched off on 2026-07-24; asking {} with thinking instead", CURRENT);
            name = CURRENT;
            spoken = asked.withThinking(Thinking.TYPE_ENABLED);
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
        return new ModelIdentity(
                model,
                prompt.version(),
                dialect.name()
                        + (dialect.temperature() ? " temperature=0" : "")
                        + (dialect.jsonMode() ? " json" : "")
                        + " thinking=" + dialect.thinking()
                        + " max_tokens=" + maxOutputTokens);
    }

    /**
     * Tells what a call costs.
     *
     * @return quotes and prices by these settings
     */
    public ChatCosts costs() {
        return new ChatCosts(model, prices, clock, prompt, maxOutputTokens);
    }

    private static String defaultModel(Dialect dialect) {
        if (!isDeepSeek(dialect)) {
            throw new IllegalStateException("this dialect has no default model: set model");
        }
        return CURRENT;
    }

    private static boolean isDeepSeek(Dialect dialect) {
        return dialect.name().equals(Dialect.DEEPSEEK.name());
    }
}
