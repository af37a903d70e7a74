package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a service that speaks OpenAI's protocol differs from the others. Immutable and thread-safe: each {@code with} method
 * returns a copy. Start from a preset, or from {@link #named} for a gateway of your own:
 *
 * <pre>{@code
 * Dialect reasoning = Dialect.OPENAI.withoutTemperature().withThinking(Thinking.EFFORT).withEffort(Effort.LOW);
 * Dialect gateway = Dialect.named("our-gateway", "https://llm.example.com/v1").withKeyHeader("api-key");
 * }</pre>
 *
 * <p>The presets were written from the services' published documentation; docs/models.md says what was read. None of them
 * was tried against a live service. Only DeepSeek's prices are known here; give the builder those of the others.
 *
 * <p>What a reply says about tokens needs no entry here, since the fields of the services do not collide: input found in
 * the prefix cache is {@code prompt_cache_hit_tokens} or {@code prompt_tokens_details.cached_tokens}, and output is
 * whatever of {@code total_tokens} is not {@code prompt_tokens}, hidden reasoning included.
 *
 * @since 0.1.0
 */
public final class Dialect {
    /** By which field a service is told whether to think before it replies. Thinking costs seconds and money. */
    public enum Thinking {
        /** By none. */
        UNSAID,
        /** {@code "thinking":{"type":"disabled"}} or {@code "enabled"}. */
        TYPE,
        /**
         * The same, and when enabled an effort as DeepSeek has it: {@code "reasoning_effort"} {@code low}, {@code high} or
         * {@code max}. {@link Effort#MINIMAL} is sent as {@code low}, {@link Effort#MEDIUM} and {@link Effort#XHIGH} as
         * {@code high}, which is how DeepSeek reads them.
         */
        TYPE_AND_EFFORT,
        /** {@code "reasoning_effort"}, of which {@code "none"} switches thinking off. */
        EFFORT,
        /** {@code "enable_thinking":false} or {@code true}. */
        TOP_LEVEL_FLAG,
        /** {@code "chat_template_kwargs":{"enable_thinking":false}} or {@code true}. */
        TEMPLATE_FLAG
    }

    /** How much a model thinks before it replies. Not every service knows every effort. */
    public enum Effort {
        /** It replies at once. */
        NONE,
        /** As much as the service chooses. */
        DEFAULT,
        /** Next to nothing. */
        MINIMAL,
        /** Little. */
        LOW,
        /** More. */
        MEDIUM,
        /** Much. */
        HIGH,
        /** Very much. */
        XHIGH,
        /** As much as the model can. */
        MAX
    }

    /** How a service is told to reply in JSON. Without it only the prompt asks for JSON. */
    public enum Output {
        /** The request does not mention it. */
        TEXT,
        /** {@code "response_format":{"type":"json_object"}}; the prompt must contain the word json. */
        JSON_OBJECT,
        /**
         * {@code "response_format":{"type":"json_schema",…}} with {@link ReplySchema}. The service counts the schema as
         * input. DeepSeek rejects it.
         */
        JSON_SCHEMA
    }

    /** The name of the field that limits the reply's length. */
    public enum TokenLimit {
        /** {@code max_tokens}, which most services know. */
        MAX_TOKENS,
        /** {@code max_completion_tokens}, its successor at OpenAI, which always includes hidden reasoning. */
        MAX_COMPLETION_TOKENS
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final double HIGHEST_TEMPERATURE = 2;
    private static final int USUAL_OUTPUT_TOKENS = 200;
    private static final int OUTPUT_TOKENS_WITH_THOUGHTS = 4_096;
    private static final PriceTable FREE =
            PriceTable.perMillionTokens().cachedInput("0").input("0").output("0");

    /**
     * DeepSeek. Thinks unless told not to. In JSON mode it replaces output that is not JSON by spaces, which arrives as an
     * empty reply and is asked for again. Prices vary by the hour.
     */
    public static final Dialect DEEPSEEK =
            named("deepseek", "https://api.deepseek.com").withThinking(Thinking.TYPE_AND_EFFORT);

    /**
     * OpenAI, models without reasoning, and those of which {@code none} is the usual effort. Other models with reasoning
     * reject {@code temperature} and think unless told not to: use
     * {@code OPENAI.withoutTemperature().withThinking(Thinking.EFFORT)}, with {@code withEffort(Effort.MINIMAL)} for the
     * first GPT-5, which rejects {@code none}.
     */
    public static final Dialect OPENAI =
            named("openai", "https://api.openai.com/v1").withTokenLimit(TokenLimit.MAX_COMPLETION_TOKENS);

    /**
     * OpenAI's models at Azure, by its API of version 1, which needs no {@code api-version}. The address is the resource's
     * own: set the endpoint to {@code https://RESOURCE.openai.azure.com/openai/v1}. The model is the name of the
     * deployment. The key goes into the header {@code api-key}.
     */
    public static final Dialect AZURE =
            named("azure", "").withTokenLimit(TokenLimit.MAX_COMPLETION_TOKENS).withKeyHeader("api-key");

    /** Gemini by its compatible interface, Flash models of the 2.5 series. Later models cannot stop thinking: {@link #GEMINI_3}. */
    public static final Dialect GEMINI = named("gemini", "https://generativelanguage.googleapis.com/v1beta/openai")
            .withThinking(Thinking.EFFORT);

    /**
     * Gemini by its compatible interface, models that cannot stop thinking, such as those of the 3 series. A low effort,
     * since some of them reject {@code minimal}; its thoughts count as output, so that a reply may be long.
     */
    public static final Dialect GEMINI_3 = GEMINI.renamed("gemini-3").withEffort(Effort.LOW);

    /**
     * Qwen at Alibaba Cloud's Model Studio (DashScope), international. The address in mainland China is
     * {@code https://dashscope.aliyuncs.com/compatible-mode/v1}; a key is valid at one of the two.
     */
    public static final Dialect QWEN = named("qwen", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1")
            .withThinking(Thinking.TOP_LEVEL_FLAG);

    /**
     * Kimi of Moonshot AI, models that can be told not to think. They accept no other temperature than 0.6 then. The
     * address in mainland China is {@code https://api.moonshot.cn/v1}.
     */
    public static final Dialect KIMI = named("kimi", "https://api.moonshot.ai/v1")
            .withThinking(Thinking.TYPE)
            .withTemperature(0.6);

    /**
     * Kimi of Moonshot AI, models that always think. They accept no other temperature than 1; their thoughts count as
     * output, so that a reply may be long.
     */
    public static final Dialect KIMI_THINKING = KIMI.renamed("kimi-thinking")
            .withThinking(Thinking.UNSAID)
            .withEffort(Effort.DEFAULT)
            .withTemperature(1);

    /**
     * GLM of Z.ai (Zhipu), from GLM-4.5 on. The address in mainland China is
     * {@code https://open.bigmodel.cn/api/paas/v4}.
     */
    public static final Dialect GLM =
            named("glm", "https://api.z.ai/api/paas/v4").withThinking(Thinking.TYPE);

    /**
     * Doubao at Volcengine's Ark. The limit includes hidden reasoning, which {@code max_tokens} would not. The address
     * outside mainland China is {@code https://ark.ap-southeast.bytepluses.com/api/v3}.
     */
    public static final Dialect DOUBAO = named("doubao", "https://ark.cn-beijing.volces.com/api/v3")
            .withThinking(Thinking.TYPE)
            .withTokenLimit(TokenLimit.MAX_COMPLETION_TOKENS);

    /**
     * OpenRouter, which passes requests on to many makers' models. What a model does not know is left out, so that one that
     * cannot stop thinking thinks: give it {@code withEffort(Effort.LOW)}.
     */
    public static final Dialect OPENROUTER =
            named("openrouter", "https://openrouter.ai/api/v1").withThinking(Thinking.EFFORT);

    /**
     * Claude by its compatible interface, which its maker offers for tests and not for production: take the official SDK for
     * that, see docs/models.md. It ignores {@code response_format}, so that only the prompt asks for JSON; newer models
     * reject {@code temperature}, so that replies vary; it does not report cached input.
     */
    public static final Dialect CLAUDE = named("claude", "https://api.anthropic.com/v1")
            .withOutput(Output.TEXT)
            .withoutTemperature();

    /**
     * Ollama on this machine. Needs no key and costs nothing. The first call after a pause loads the model, which can
     * take longer than any sensible deadline; it answers a few questions at a time and queues the others. Versions that do
     * not know the switch ignore it.
     */
    public static final Dialect OLLAMA = named("ollama", "http://localhost:11434/v1")
            .withThinking(Thinking.EFFORT)
            .withPrices(FREE);

    /**
     * vLLM on this machine. Needs no key unless started with one, and costs nothing. The switch acts through the model's
     * chat template and only where the template knows {@code enable_thinking}.
     */
    public static final Dialect VLLM = named("vllm", "http://localhost:8000/v1")
            .withThinking(Thinking.TEMPLATE_FLAG)
            .withPrices(FREE);

    /**
     * The server of llama.cpp on this machine. Needs no key unless started with one, and costs nothing. The switch acts
     * through the model's chat template; models that think regardless need the server started with
     * {@code --reasoning-budget 0}. It answers as many questions at a time as it has slots.
     */
    public static final Dialect LLAMA_CPP = named("llama.cpp", "http://127.0.0.1:8080/v1")
            .withThinking(Thinking.TEMPLATE_FLAG)
            .withPrices(FREE);

    private static final List<Dialect> PRESETS = List.of(
            DEEPSEEK,
            OPENAI,
            AZURE,
            GEMINI,
            GEMINI_3,
            QWEN,
            KIMI,
            KIMI_THINKING,
            GLM,
            DOUBAO,
            OPENROUTER,
            CLAUDE,
            OLLAMA,
            VLLM,
            LLAMA_CPP);

    private final String name;
    private final String endpoint;
    private final Thinking thinking;
    private final Effort effort;
    private final Output output;
    private final @Nullable Double temperature;
    private final TokenLimit tokenLimit;
    private final @Nullable String keyHeader;
    private final PriceTable prices;

    private Dialect(
            String name,
            String endpoint,
            Thinking thinking,
            Effort effort,
            Output output,
            @Nullable Double temperature,
            TokenLimit tokenLimit,
            @Nullable String keyHeader,
            PriceTable prices) {
        this.name = name;
        this.endpoint = endpoint;
        this.thinking = thinking;
        this.effort = effort;
        this.output = output;
        this.temperature = temperature;
        this.tokenLimit = tokenLimit;
        this.keyHeader = keyHeader;
        this.prices = prices;
    }

    /**
     * Starts a dialect of the plain protocol: nothing about thinking, JSON mode, temperature 0, {@code max_tokens}, the key
     * as a bearer token, and the {@linkplain PriceTable#standard() standard prices}.
     *
     * @param name a short name, part of the cache's key: 1 to 64 letters, digits and {@code ._-}
     * @param endpoint the URL of the service up to {@code /chat/completions}, or empty if the builder must set it
     * @return a dialect
     * @throws IllegalArgumentException if the name is malformed
     */
    public static Dialect named(String name, String endpoint) {
        return new Dialect(
                checkName(name),
                Objects.requireNonNull(endpoint, "endpoint"),
                Thinking.UNSAID,
                Effort.NONE,
                Output.JSON_OBJECT,
                0.0,
                TokenLimit.MAX_TOKENS,
                null,
                PriceTable.standard());
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

    private static String checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a dialect's name is 1 to 64 letters, digits and ._-");
        }
        return name;
    }

    /**
     * Returns the same dialect with another field that tells the service whether to think.
     *
     * @param field the field
     * @return a copy
     * @throws IllegalArgumentException if the field has no value for the {@linkplain #effort() effort}
     */
    public Dialect withThinking(Thinking field) {
        return checked(field, effort);
    }

    /**
     * Returns the same dialect with another effort. A model that thinks gets room for its thoughts: the usual limit of a
     * reply is 4,096 tokens in place of 200.
     *
     * @param much the effort
     * @return a copy
     * @throws IllegalArgumentException if the service has no such effort, because the {@linkplain #thinking() field} that
     *     it is told by only switches thinking on or off
     */
    public Dialect withEffort(Effort much) {
        return checked(thinking, much);
    }

    private Dialect checked(Thinking field, Effort much) {
        boolean isSwitch = much == Effort.NONE || much == Effort.DEFAULT;
        if (!isSwitch && field != Thinking.EFFORT && field != Thinking.TYPE_AND_EFFORT) {
            throw new IllegalArgumentException(
                    name + ": thinking can only be switched on (DEFAULT) or off (NONE) by " + field);
        }
        return new Dialect(name, endpoint, field, much, output, temperature, tokenLimit, keyHeader, prices);
    }

    /**
     * Returns the same dialect with another way to ask for JSON.
     *
     * @param format the way
     * @return a copy
     * @throws IllegalArgumentException if it is {@link Output#JSON_SCHEMA} for DeepSeek, which answers it with status 400
     */
    public Dialect withOutput(Output format) {
        if (format == Output.JSON_SCHEMA && isDeepSeek()) {
            throw new IllegalArgumentException("DeepSeek's chat completions know no json_schema: use JSON_OBJECT");
        }
        return new Dialect(name, endpoint, thinking, effort, format, temperature, tokenLimit, keyHeader, prices);
    }

    /**
     * Returns the same dialect with another temperature, for models that accept only a certain one.
     *
     * @param value 0 to 2
     * @return a copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Dialect withTemperature(double value) {
        if (!(value >= 0 && value <= HIGHEST_TEMPERATURE)) {
            throw new IllegalArgumentException("a temperature is 0 to 2");
        }
        return new Dialect(
                name, endpoint, thinking, effort, output, value == 0 ? 0.0 : value, tokenLimit, keyHeader, prices);
    }

    /**
     * Returns the same dialect for models that reject {@code temperature}.
     *
     * @return a copy
     */
    public Dialect withoutTemperature() {
        return new Dialect(name, endpoint, thinking, effort, output, null, tokenLimit, keyHeader, prices);
    }

    /**
     * Returns the same dialect with another field that limits the reply's length.
     *
     * @param field the field
     * @return a copy
     */
    public Dialect withTokenLimit(TokenLimit field) {
        return new Dialect(
                name,
                endpoint,
                thinking,
                effort,
                output,
                temperature,
                Objects.requireNonNull(field, "field"),
                keyHeader,
                prices);
    }

    /**
     * Returns the same dialect for a service that takes the key in a header of its own, as it is, in place of
     * {@code Authorization: Bearer}.
     *
     * @param header the header's name: 1 to 64 letters, digits and hyphens
     * @return a copy
     * @throws IllegalArgumentException if it is malformed
     */
    public Dialect withKeyHeader(String header) {
        if (!HEADER.matcher(header).matches()) {
            throw new IllegalArgumentException("a header's name is 1 to 64 letters, digits and hyphens");
        }
        return new Dialect(
                name,
                endpoint,
                thinking,
                effort,
                output,
                temperature,
                tokenLimit,
                header.toLowerCase(Locale.ROOT),
                prices);
    }

    /**
     * Returns the same dialect with other prices.
     *
     * @param table what the service charges unless the builder sets it
     * @return a copy
     */
    public Dialect withPrices(PriceTable table) {
        return new Dialect(
                name,
                endpoint,
                thinking,
                effort,
                output,
                temperature,
                tokenLimit,
                keyHeader,
                Objects.requireNonNull(table, "table"));
    }

    private Dialect renamed(String other) {
        return new Dialect(
                checkName(other), endpoint, thinking, effort, output, temperature, tokenLimit, keyHeader, prices);
    }

    /**
     * Returns the name.
     *
     * @return a short name; part of the cache's key
     */
    public String name() {
        return name;
    }

    /**
     * Returns the address.
     *
     * @return the URL of the service unless the builder sets one; empty if the builder must
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Tells by which field the service is told whether to think.
     *
     * @return the field
     */
    public Thinking thinking() {
        return thinking;
    }

    /**
     * Tells how much the model thinks.
     *
     * @return the effort
     */
    public Effort effort() {
        return effort;
    }

    /**
     * Tells whether the model thinks before it replies.
     *
     * @return false for {@link Effort#NONE}
     */
    public boolean thinks() {
        return effort != Effort.NONE;
    }

    /**
     * Returns the effort as the service spells it.
     *
     * @return the value of {@code reasoning_effort}, or empty if the request does not mention it
     */
    public Optional<String> reasoningEffort() {
        if (effort == Effort.DEFAULT) {
            return Optional.empty();
        }
        return switch (thinking) {
            case EFFORT -> Optional.of(effort.name().toLowerCase(Locale.ROOT));
            case TYPE_AND_EFFORT ->
                switch (effort) {
                    case MINIMAL, LOW -> Optional.of("low");
                    case MEDIUM, HIGH, XHIGH -> Optional.of("high");
                    case MAX -> Optional.of("max");
                    case NONE, DEFAULT -> Optional.empty();
                };
            case UNSAID, TYPE, TOP_LEVEL_FLAG, TEMPLATE_FLAG -> Optional.empty();
        };
    }

    /**
     * Tells how the service is asked for JSON.
     *
     * @return the way
     */
    public Output output() {
        return output;
    }

    /**
     * Returns the temperature.
     *
     * @return 0 to 2, or empty if the request does not mention it
     */
    public OptionalDouble temperature() {
        return temperature == null ? OptionalDouble.empty() : OptionalDouble.of(temperature);
    }

    /**
     * Tells which field limits the reply's length.
     *
     * @return the field
     */
    public TokenLimit tokenLimit() {
        return tokenLimit;
    }

    /**
     * Returns the header that takes the key.
     *
     * @return its name in lower case, or empty for {@code Authorization: Bearer}
     */
    public Optional<String> keyHeader() {
        return Optional.ofNullable(keyHeader);
    }

    /**
     * Returns the prices.
     *
     * @return what the service charges unless the builder sets it
     */
    public PriceTable prices() {
        return prices;
    }

    boolean isDeepSeek() {
        return name.equals("deepseek");
    }

    /**
     * Returns the longest reply that a request asks for unless its owner says otherwise. Reasoning counts as output, so a
     * model that thinks would exceed the usual limit before it replies.
     *
     * @return tokens
     */
    int usualOutputTokens() {
        return thinks() ? OUTPUT_TOKENS_WITH_THOUGHTS : USUAL_OUTPUT_TOKENS;
    }

    /** All that shapes a reply, as a part of the cache's key. */
    String parameters() {
        String format = switch (output) {
            case TEXT -> "";
            case JSON_OBJECT -> " json";
            case JSON_SCHEMA -> " json_schema";
        };
        String thoughts = !thinks()
                ? "none"
                : reasoningEffort().orElse(Effort.DEFAULT.name().toLowerCase(Locale.ROOT));
        return name + (temperature == null ? "" : " temperature=" + temperature) + format + " thinking=" + thinking
                + "/" + thoughts;
    }

    /** The name and what shapes a reply. */
    @Override
    public String toString() {
        return "Dialect[" + parameters() + "]";
    }
}
