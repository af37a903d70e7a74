package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How a service that speaks OpenAI's protocol differs from the others. Immutable and thread-safe.
 *
 * <p>What a reply says about tokens needs no entry here, since the fields of the services do not collide: input found in
 * the prefix cache is {@code prompt_cache_hit_tokens} or {@code prompt_tokens_details.cached_tokens}, and output is
 * whatever of {@code total_tokens} is not {@code prompt_tokens}, hidden reasoning included.
 *
 * @param name a short name; part of the cache's key
 * @param endpoint the URL of the service unless the builder sets one
 * @param thinking how hidden reasoning, which costs seconds and money, is switched off
 * @param jsonMode whether the service can be told to reply in JSON ({@code response_format})
 * @param temperature whether the service takes {@code temperature} 0
 * @param tokenLimit the field that limits the reply's length
 * @param prices what the service charges unless the builder sets it
 * @since 0.1.0
 */
public record Dialect(
        String name,
        String endpoint,
        Thinking thinking,
        boolean jsonMode,
        boolean temperature,
        TokenLimit tokenLimit,
        PriceTable prices) {
    /** How a service is told not to think before it replies. */
    public enum Thinking {
        /** The request does not mention it. */
        UNSAID,
        /** {@code "thinking":{"type":"disabled"}}. */
        TYPE_DISABLED,
        /** {@code "thinking":{"type":"enabled"}}: it does think, before it replies. */
        TYPE_ENABLED,
        /** {@code "reasoning_effort":"none"}. */
        EFFORT_NONE,
        /** {@code "reasoning_effort":"minimal"}, for models that cannot stop altogether. */
        EFFORT_MINIMAL,
        /** {@code "chat_template_kwargs":{"enable_thinking":false}}. */
        TEMPLATE_FLAG
    }

    /** The name of the field that limits the reply's length. */
    public enum TokenLimit {
        /** {@code max_tokens}, which most services know. */
        MAX_TOKENS,
        /** {@code max_completion_tokens}, its successor at OpenAI. */
        MAX_COMPLETION_TOKENS
    }

    /**
     * DeepSeek. Thinks unless told not to. In JSON mode it replaces output that is not JSON by spaces, which arrives as an
     * empty reply and is asked for again. Prices vary by the hour.
     */
    public static final Dialect DEEPSEEK = new Dialect(
            "deepseek",
            "https://api.deepseek.com",
            Thinking.TYPE_DISABLED,
            true,
            true,
            TokenLimit.MAX_TOKENS,
            PriceTable.standard());

    /**
     * OpenAI, models without reasoning. Models with reasoning reject {@code temperature} and think unless told not to:
     * use {@code OPENAI.withoutTemperature().withThinking(Thinking.EFFORT_NONE)}, or {@code EFFORT_MINIMAL} where that is
     * rejected. No prices are known here; give them to the builder.
     */
    public static final Dialect OPENAI = new Dialect(
            "openai",
            "https://api.openai.com/v1",
            Thinking.UNSAID,
            true,
            true,
            TokenLimit.MAX_COMPLETION_TOKENS,
            PriceTable.standard());

    /**
     * Gemini by its compatible interface. The switch works for Flash models of the 2.5 series; models that cannot stop
     * thinking need {@code GEMINI.withThinking(Thinking.EFFORT_MINIMAL)} and, since their reasoning counts towards it, a
     * far higher limit of output tokens. No prices are known here; give them to the builder.
     */
    public static final Dialect GEMINI = new Dialect(
            "gemini",
            "https://generativelanguage.googleapis.com/v1beta/openai",
            Thinking.EFFORT_NONE,
            true,
            true,
            TokenLimit.MAX_TOKENS,
            PriceTable.standard());

    /**
     * Claude by its compatible interface, which its maker offers for testing. It ignores {@code response_format}, so that
     * only the prompt asks for JSON; newer models reject {@code temperature}, so that replies vary; it does not report
     * cached input. No prices are known here; give them to the builder.
     */
    public static final Dialect CLAUDE = new Dialect(
            "claude",
            "https://api.anthropic.com/v1",
            Thinking.UNSAID,
            false,
            false,
            TokenLimit.MAX_TOKENS,
            PriceTable.standard());

    /**
     * Ollama on this machine. Needs no key and costs nothing. The first call after a pause loads the model, which can
     * take longer than any sensible deadline; it answers a few questions at a time and queues the others. Versions that do
     * not know the switch ignore it.
     */
    public static final Dialect OLLAMA = new Dialect(
            "ollama",
            "http://localhost:11434/v1",
            Thinking.EFFORT_NONE,
            true,
            true,
            TokenLimit.MAX_TOKENS,
            PriceTable.perMillionTokens().cachedInput("0").input("0").output("0"));

    /**
     * vLLM on this machine. Needs no key unless started with one, and costs nothing. The switch acts through the model's
     * chat template and only where the template knows {@code enable_thinking}.
     */
    public static final Dialect VLLM = new Dialect(
            "vllm",
            "http://localhost:8000/v1",
            Thinking.TEMPLATE_FLAG,
            true,
            true,
            TokenLimit.MAX_TOKENS,
            PriceTable.perMillionTokens().cachedInput("0").input("0").output("0"));

    /**
     * The server of llama.cpp on this machine. Needs no key unless started with one, and costs nothing. The switch acts
     * through the model's chat template; models that think regardless need the server started with
     * {@code --reasoning-budget 0}. It answers as many questions at a time as it has slots.
     */
    public static final Dialect LLAMA_CPP = new Dialect(
            "llama.cpp",
            "http://127.0.0.1:8080/v1",
            Thinking.TEMPLATE_FLAG,
            true,
            true,
            TokenLimit.MAX_TOKENS,
            PriceTable.perMillionTokens().cachedInput("0").input("0").output("0"));

    private static final List<Dialect> PRESETS = List.of(DEEPSEEK, OPENAI, GEMINI, CLAUDE, OLLAMA, VLLM, LLAMA_CPP);

    /**
     * Refuses null.
     *
     * @param name a short name
     * @param endpoint the URL of the service
     * @param thinking how hidden reasoning is switched off
     * @param jsonMode whether the service can be told to reply in JSON
     * @param temperature whether the service takes {@code temperature} 0
     * @param tokenLimit the field that limits the reply's length
     * @param prices what the service charges
     */
    public Dialect {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(thinking, "thinking");
        Objects.requireNonNull(tokenLimit, "tokenLimit");
        Objects.requireNonNull(prices, "prices");
    }

    /**
     * Finds a preset by its name, as it stands in a configuration file. Case and punctuation do not matter, so that
     * {@code LLAMA_CPP} finds {@code llama.cpp}.
     *
     * @param name the preset's name
     * @return the preset
     * @throws IllegalArgumentException if there is none; the message lists the names and does not repeat the one given
     */
    public static Dialect of(String name) {
        String plain = plain(Objects.requireNonNull(name, "name"));
        return PRESETS.stream()
                .filter(preset -> plain(preset.name).equals(plain))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a dialect is one of "
                        + PRESETS.stream().map(Dialect::name).collect(Collectors.joining(", "))));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /**
     * Returns the longest reply that a request asks for unless its owner says otherwise. Reasoning counts as output, so a
     * model that thinks would exceed the usual limit before it replies.
     *
     * @return tokens
     */
    int usualOutputTokens() {
        return thinking == Thinking.TYPE_ENABLED ? 4_096 : 200;
    }

    /**
     * Returns the same dialect with another switch for hidden reasoning.
     *
     * @param other the switch
     * @return a copy
     */
    public Dialect withThinking(Thinking other) {
        return new Dialect(name, endpoint, other, jsonMode, temperature, tokenLimit, prices);
    }

    /**
     * Returns the same dialect for models that reject {@code temperature}.
     *
     * @return a copy
     */
    public Dialect withoutTemperature() {
        return new Dialect(name, endpoint, thinking, jsonMode, false, tokenLimit, prices);
    }
}
