package io.github.hybridinference.deepseek;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link DeepSeek}. Each mistake is refused at the call that makes it: every setter can be called once, and
 * throws an {@link IllegalStateException} the second time. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class DeepSeekBuilder {
    private @Nullable Dialect dialect;
    private @Nullable Endpoint endpoint;
    private @Nullable ApiKey key;
    private @Nullable String model;
    private @Nullable PriceTable prices;
    private @Nullable ChatPrompt prompt;
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
        model = once(model, ChatSettings.checkModel(name), "model");
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
    public DeepSeekBuilder maxOutputTokens(int tokens) {
        maxOutputTokens = once(maxOutputTokens, ChatSettings.checkMaxOutputTokens(tokens), "maxOutputTokens");
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
     * Makes the model.
     *
     * @return a new model; the caller closes it, unless an engine owns it
     * @throws IllegalStateException if the endpoint is missing for a dialect that has none, or the key is missing for an endpoint on another machine, or the model for a dialect
     *     other than DeepSeek's, or in JSON mode the prompt does not contain the word json; or if the
     *     application brings a version of Netty that does not fit, with what to set
     * @throws IllegalArgumentException if the prompt or the model's name contains the key
     */
    public DeepSeek build() {
        Endpoint where = endpoint == null ? endpointOf(dialect == null ? Dialect.DEEPSEEK : dialect) : endpoint;
        if (key == null && !where.isLoopback()) {
            throw new IllegalStateException("an endpoint on another machine needs an API key: set apiKey");
        }
        ChatPrompt system = Objects.requireNonNullElse(prompt, ChatPrompt.STANDARD);
        // first, since what follows may log the model's name
        if (key != null && (system.text() + "\n" + (model == null ? "" : model)).contains(key.reveal())) {
            throw new IllegalArgumentException("the prompt or the model's name contains the API key");
        }
        ChatSettings settings = ChatSettings.of(where.host(), dialect, model, system, maxOutputTokens, prices, clock);
        RequestTemplate template = RequestTemplate.of(settings);
        try {
            return build(where, settings, template);
        } catch (LinkageError unfit) {
            throw new IllegalStateException(NettySetUp.sentence(unfit), unfit);
        }
    }

    private static Endpoint endpointOf(Dialect spoken) {
        if (spoken.endpoint().isEmpty()) {
            throw new IllegalStateException("this dialect has no endpoint of its own: set endpoint");
        }
        return Endpoint.parse(spoken.endpoint());
    }

    private DeepSeek build(Endpoint where, ChatSettings settings, RequestTemplate template) {
        SslContext encryption = encryption(where);
        NettyRehearsal.run(where, encryption);
        return new DeepSeek(
                settings.identity(),
                template,
                new BodyCheck(template, key, where.isLoopback()),
                new Audit(log, where.authority(), settings.clock()),
                new NettyTransport(where, encryption, resolver),
                new ReplyTranslator(settings.costs(), settings.clock()),
                settings.costs(),
                new RequestFactory(where, key));
    }

    private @Nullable SslContext encryption(Endpoint where) {
        if (!where.tls()) {
            return null;
        }
        return tls == null ? defaultTls() : tls;
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
                    .sslProvider(
                            SslProvider.JDK) // looking for OpenSSL costs a fresh JVM as much as all the rest of Netty
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
