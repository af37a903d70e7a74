package io.github.hybridinference.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.ClientOptions;
import com.openai.core.LogLevel;
import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.BlockingChatModelBuilder;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of an {@link OpenAiModel}. Each mistake is refused at the call that makes it: every setter can be called once, and
 * throws an {@link IllegalStateException} the second time. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class OpenAiModelBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAiModel.class);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]");

    private final OpenAIClient client;
    private @Nullable Dialect dialect;
    private @Nullable String model;
    private @Nullable PriceTable prices;
    private @Nullable ChatPrompt prompt;
    private @Nullable Integer maxOutputTokens;
    private @Nullable Integer maxInFlight;
    private @Nullable Clock clock;
    private @Nullable EgressLog log;
    private boolean ownsClient;

    OpenAiModelBuilder(OpenAIClient client) {
        this.client = Objects.requireNonNull(client, "client");
    }

    /**
     * Sets the dialect of the service. Its URL is not used: the client knows where the service is.
     *
     * @param spoken the dialect; by default {@link Dialect#DEEPSEEK}, if the client's base URL is DeepSeek's or on this
     *     machine
     * @return this builder
     */
    public OpenAiModelBuilder dialect(Dialect spoken) {
        dialect = once(dialect, spoken, "dialect");
        return this;
    }

    /**
     * Sets the model, by default {@code deepseek-flash} in the dialect of DeepSeek; the other dialects have no default.
     *
     * @param name the name as the service knows it; at Azure the deployment's
     * @return this builder
     * @throws IllegalArgumentException if it is not 1 to 128 letters, digits and {@code ._:/@-}
     */
    public OpenAiModelBuilder model(String name) {
        model = once(model, ChatSettings.checkModel(name), "model");
        return this;
    }

    /**
     * Sets what the service charges, by default the prices of its dialect. Without a price the cost of a call is unknown,
     * and a budget with a cap refuses it; a warning is logged when the model is built.
     *
     * @param table the prices
     * @return this builder
     */
    public OpenAiModelBuilder prices(PriceTable table) {
        prices = once(prices, table, "prices");
        return this;
    }

    /**
     * Replaces the system message. It must ask for the reply format that the engine's verifier accepts.
     *
     * @param version its version, which together with a digest of the text is part of the cache's key
     * @param text the message
     * @return this builder
     * @throws IllegalArgumentException if one of them is blank
     */
    public OpenAiModelBuilder prompt(String version, String text) {
        prompt = once(prompt, ChatPrompt.of(version, text), "prompt");
        return this;
    }

    /**
     * Sets the longest reply, by default 200 tokens. It bounds what a call can cost; a longer reply is cut off and useless.
     *
     * @param tokens 16 to 65,536, hidden reasoning included
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public OpenAiModelBuilder maxOutputTokens(int tokens) {
        maxOutputTokens = once(maxOutputTokens, ChatSettings.checkMaxOutputTokens(tokens), "maxOutputTokens");
        return this;
    }

    /**
     * Sets how many calls run at once, each on a thread of its own, by default 64. Up to 1,024 more wait.
     *
     * @param calls 1 to 4,096
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public OpenAiModelBuilder maxInFlight(int calls) {
        if (calls < 1 || calls > 4_096) {
            throw new IllegalArgumentException("maxInFlight is 1 to 4096");
        }
        maxInFlight = once(maxInFlight, calls, "maxInFlight");
        return this;
    }

    /**
     * Sets the clock by which prices are looked up and audits dated, by default the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public OpenAiModelBuilder clock(Clock source) {
        clock = once(clock, source, "clock");
        return this;
    }

    /**
     * Sets the log of the body of each request, by default none. The caller closes it. Headers that the client adds are not
     * in it.
     *
     * @param target the log
     * @return this builder
     */
    public OpenAiModelBuilder egressLog(EgressLog target) {
        log = once(log, target, "egressLog");
        return this;
    }

    /**
     * Makes the client a part of the model, which closes it. By default the caller closes it.
     *
     * @return this builder
     */
    public OpenAiModelBuilder ownClient() {
        once(ownsClient ? Boolean.TRUE : null, Boolean.TRUE, "ownClient");
        ownsClient = true;
        return this;
    }

    /**
     * Makes the model.
     *
     * @return a new model; the caller closes it, unless an engine owns it
     * @throws IllegalStateException if the dialect is missing for a client whose base URL is neither DeepSeek's nor on this
     *     machine, or the model for a dialect other than DeepSeek's, or in JSON mode the prompt does not contain the word
     *     json
     */
    public OpenAiModel build() {
        OptionsProbe probe = new OptionsProbe();
        OpenAIClient ours = client.withOptions(options -> {
            options.maxRetries(0); // the engine's retries know the deadline and the budget
            options.logLevel(LogLevel.OFF); // else OPENAI_LOG=debug in the environment prints bodies
            options.disableTelemetry(true); // headers with the system's and the runtime's names
            probe.options = options.build();
        });
        ClientOptions options = Objects.requireNonNull(probe.options, "options");
        URI where = uri(options.baseUrl());
        boolean local = LOOPBACK.matcher(host(where)).matches();
        if (!local && "http".equalsIgnoreCase(where.getScheme())) {
            LOG.warn("the client's base URL is not encrypted: its key and the figures can be read on the way");
        }
        if (dialect == null && !local && !host(where).endsWith(".deepseek.com")) {
            throw new IllegalStateException("the client's base URL is not DeepSeek's: set dialect");
        }
        ChatSettings settings = ChatSettings.of(host(where), dialect, model, prompt, maxOutputTokens, prices, clock);
        Completions completions = new Completions(ours, settings, log, authority(where));
        BlockingChatModelBuilder calls = BlockingChatModel.builder(settings.model(), completions)
                .prompt(settings.prompt())
                .prices(settings.prices())
                .maxOutputTokens(settings.maxOutputTokens())
                .moreInputTokens(settings.moreInputTokens())
                .parameters(settings.identity().parameters())
                .clock(settings.clock());
        if (maxInFlight != null) {
            calls.maxInFlight(maxInFlight);
        }
        if (local) {
            calls.onThisMachine();
        }
        return new OpenAiModel(calls.build(), completions, ownsClient ? client : null);
    }

    private static URI uri(String baseUrl) {
        try {
            URI uri = new URI(baseUrl);
            if (uri.getHost() == null) {
                throw new IllegalStateException("the client's base URL has no host");
            }
            return uri;
        } catch (URISyntaxException echoesTheText) {
            throw new IllegalStateException("the client's base URL is malformed");
        }
    }

    private static String host(URI where) {
        return where.getHost().toLowerCase(Locale.ROOT);
    }

    private static String authority(URI where) {
        return host(where) + (where.getPort() < 0 ? "" : ":" + where.getPort());
    }

    private static <T> T once(@Nullable T before, T now, String setter) {
        if (before != null) {
            throw new IllegalStateException(setter + " was already set");
        }
        return Objects.requireNonNull(now, setter);
    }

    /** Carries the client's options out of the function that may change them; there is no other way to read them. */
    private static final class OptionsProbe {
        private @Nullable ClientOptions options;
    }

    /** Shows no settings, since the client's key is among them. */
    @Override
    public String toString() {
        return "OpenAiModelBuilder";
    }
}
