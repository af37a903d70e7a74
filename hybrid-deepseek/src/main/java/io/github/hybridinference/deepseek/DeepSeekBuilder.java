package io.github.hybridinference.deepseek;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ModelIdentity;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settings of a {@link DeepSeek}. Each mistake is refused at the call that makes it: every setter can be called once, and
 * throws an {@link IllegalStateException} the second time. Not thread-safe.
 */
public final class DeepSeekBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(DeepSeek.class);
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,128}");
    private static final int MOST_OUTPUT_TOKENS = 65_536;

    private @Nullable Dialect dialect;
    private @Nullable Endpoint endpoint;
    private @Nullable ApiKey key;
    private @Nullable String model;
    private @Nullable PriceTable prices;
    private @Nullable Prompt prompt;
    private @Nullable Integer maxOutputTokens;
    private @Nullable Clock clock;
    private @Nullable EgressLog log;
    private @Nullable SslContext tls;
    private HostResolver resolver = InetAddress::getAllByName;

    DeepSeekBuilder() {}

    /**
     * Sets the key. Endpoints on this machine need none.
     *
     * @param secret 1 to 512 visible ASCII characters
     * @return this builder
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public DeepSeekBuilder apiKey(String secret) {
        return apiKey(ApiKey.of(secret));
    }

    /**
     * Sets the key. Endpoints on this machine need none.
     *
     * @param secret the key
     * @return this builder
     */
    public DeepSeekBuilder apiKey(ApiKey secret) {
        key = once(key, secret, "apiKey");
        return this;
    }

    /**
     * Sets the URL of the service, by default that of its dialect.
     *
     * @param url the beginning of its URLs, up to {@code /chat/completions}; without encryption ({@code http}) only on
     *     this machine
     * @return this builder
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public DeepSeekBuilder endpoint(String url) {
        endpoint = once(endpoint, Endpoint.parse(url), "endpoint");
        return this;
    }

    /**
     * Sets the URL of the service, by default that of its dialect.
     *
     * @param url the beginning of its URLs, up to {@code /chat/completions}; without encryption ({@code http}) only on
     *     this machine
     * @return this builder
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     */
    public DeepSeekBuilder endpoint(URI url) {
        return endpoint(url.toString());
    }

    /**
     * Sets the model, by default {@code deepseek-flash} in the dialect of DeepSeek; the other dialects have no default.
     *
     * @param name the name as the service knows it
     * @return this builder
     * @throws IllegalArgumentException if it is not 1 to 128 letters, digits and {@code ._:/@-}
     */
    public DeepSeekBuilder model(String name) {
        if (!MODEL_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a model's name is 1 to 128 letters, digits and ._:/@-");
        }
        model = once(model, name, "model");
        return this;
    }

    /**
     * Sets the dialect of the service, by default {@link Dialect#DEEPSEEK}.
     *
     * @param spoken the dialect
     * @return this builder
     */
    public DeepSeekBuilder dialect(Dialect spoken) {
        dialect = once(dialect, spoken, "dialect");
        return this;
    }

    /**
     * Sets what the service charges, by default the prices of its dialect. Without a price the cost of a call is unknown,
     * and a budget with a cap refuses it; a warning is logged when the model is built.
     *
     * @param table the prices
     * @return this builder
     */
    public DeepSeekBuilder prices(PriceTable table) {
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
    public DeepSeekBuilder prompt(String version, String text) {
        prompt = once(prompt, Prompt.of(version, text), "prompt");
        return this;
    }

    /**
     * Sets the longest reply, by default 200 tokens. It bounds what a call can cost; a longer reply is cut off and useless.
     *
     * @param tokens 16 to 65,536, hidden reasoning included
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public DeepSeekBuilder maxOutputTokens(int tokens) {
        if (tokens < 16 || tokens > MOST_OUTPUT_TOKENS) {
            throw new IllegalArgumentException("maxOutputTokens is 16 to " + MOST_OUTPUT_TOKENS);
        }
        maxOutputTokens = once(maxOutputTokens, tokens, "maxOutputTokens");
        return this;
    }

    /**
     * Sets the clock by which prices are looked up and audits dated, by default the system's.
     *
     * @param source the clock
     * @return this builder
     */
    public DeepSeekBuilder clock(Clock source) {
        clock = once(clock, source, "clock");
        return this;
    }

    /**
     * Sets the log of everything that is sent, by default none. The caller closes it.
     *
     * @param target the log
     * @return this builder
     */
    public DeepSeekBuilder egressLog(EgressLog target) {
        log = once(log, target, "egressLog");
        return this;
    }

    /** Replaces the TLS settings, for tests. */
    DeepSeekBuilder tls(SslContext context) {
        tls = once(tls, context, "tls");
        return this;
    }

    /** Replaces the name service, for tests. */
    DeepSeekBuilder resolver(HostResolver replacement) {
        resolver = replacement;
        return this;
    }

    /**
     * Makes the model. The first time this takes a good part of a second, in which openai-java is loaded to write the request.
     *
     * @return a new model; the caller closes it, unless an engine owns it
     * @throws IllegalStateException if the key is missing for an endpoint on another machine, or the model for a dialect
     *     other than DeepSeek's, or in JSON mode the prompt does not contain the word json; or if the application brings a
     *     version of Netty that does not fit, with what to set
     */
    public DeepSeek build() {
        Dialect spoken = Objects.requireNonNullElse(dialect, Dialect.DEEPSEEK);
        Prompt system = Objects.requireNonNullElse(prompt, Prompt.STANDARD);
        Endpoint where = endpoint == null ? Endpoint.parse(spoken.endpoint()) : endpoint;
        if (key == null && !where.isLoopback()) {
            throw new IllegalStateException("an endpoint on another machine needs an API key: set apiKey");
        }
        if (spoken.jsonMode() && !system.mentionsJson()) {
            throw new IllegalStateException("in JSON mode the prompt must contain the word json");
        }
        try {
            return build(where, ModelNames.resolve(modelOrDefault(spoken), spoken), system);
        } catch (LinkageError unfit) {
            throw new IllegalStateException(NettySetUp.sentence(unfit), unfit);
        }
    }

    private DeepSeek build(Endpoint where, ModelNames asked, Prompt system) {
        int limit = maxOutputTokens == null ? asked.usualOutputTokens() : maxOutputTokens;
        Clock wall = Objects.requireNonNullElseGet(clock, Clock::systemUTC);
        RequestTemplate template = TemplateFactory.make(where, key, asked.dialect(), asked.name(), system, limit);
        PriceTable table = prices == null ? asked.dialect().prices() : prices;
        if (table.costNanoUsd(asked.name(), 0, 0, 0, wall.instant()).isEmpty()) {
            LOG.warn(
                    "no price is known for {}: what its calls cost is unknown, and a budget with a cap refuses them; "
                            + "give the builder prices",
                    asked.name());
        }
        SslContext encryption = encryption(where);
        NettyRehearsal.run(where, encryption);
        return new DeepSeek(
                new ModelIdentity(asked.name(), system.version(), parameters(asked.dialect(), limit)),
                template,
                new EgressCheck(template, key, where.isLoopback()),
                new Audit(log, where.authority(), wall),
                new NettyTransport(where, encryption, resolver),
                new ReplyTranslator(asked.name(), table, wall),
                new WorstCost(asked.name(), table, wall, template.promptBytes(), limit),
                new Request("GET", where.path() + "/models", TemplateFactory.headers(key), new byte[0]));
    }

    private @Nullable SslContext encryption(Endpoint where) {
        if (!where.tls()) {
            return null;
        }
        return tls == null ? defaultTls() : tls;
    }

    private String modelOrDefault(Dialect spoken) {
        if (model != null) {
            return model;
        }
        if (!spoken.name().equals(Dialect.DEEPSEEK.name())) {
            throw new IllegalStateException("this dialect has no default model: set model");
        }
        return "deepseek-flash";
    }

    private static String parameters(Dialect dialect, int maxOutputTokens) {
        return dialect.name()
                + (dialect.temperature() ? " temperature=0" : "")
                + (dialect.jsonMode() ? " json" : "")
                + " thinking=" + dialect.thinking()
                + " max_tokens=" + maxOutputTokens;
    }

    private static <T> T once(@Nullable T before, T now, String setter) {
        if (before != null) {
            throw new IllegalStateException(setter + " was already set");
        }
        return Objects.requireNonNull(now, setter);
    }

    /** Trusts the certificates that this Java runtime trusts, and compares the host's name with theirs. */
    static SslContext defaultTls() {
        try {
            return SslContextBuilder.forClient()
                    .endpointIdentificationAlgorithm("HTTPS")
                    .build();
        } catch (SSLException unusable) {
            throw new IllegalStateException("this Java runtime offers no TLS", unusable);
        }
    }

    /** Shows no settings, since the key is among them. */
    @Override
    public String toString() {
        return "DeepSeekBuilder";
    }
}
