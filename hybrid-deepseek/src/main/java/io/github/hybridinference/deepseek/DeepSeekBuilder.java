package io.github.hybridinference.deepseek;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.ChatPrompt;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.ModelIdentity;
import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link DeepSeek}. Each mistake is refused at the call that makes it: every setter can be called once, those
 * with a name once for each name, and throws an {@link IllegalStateException} the second time. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class DeepSeekBuilder {
    private @Nullable Dialect dialect;
    private @Nullable Endpoint endpoint;
    private @Nullable ApiKey key;
    private @Nullable Supplier<ApiKey> keys;
    private final RequestAdditions additions = new RequestAdditions();
    private final ExtraBody extra = new ExtraBody();
    private @Nullable String model;
    private @Nullable PriceTable prices;
    private @Nullable ChatPrompt prompt;
    private @Nullable Integer maxOutputTokens;
    private @Nullable Clock clock;
    private @Nullable EgressLog log;
    private @Nullable SslContext tls;
    private final Network network = new Network();
    private HostResolver resolver = InetAddress::getAllByName;

    DeepSeekBuilder() {}

    /**
     * Sets the key. Endpoints on this machine need none.
     *
     * @param secret 1 to 8,192 visible ASCII characters
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
        once(keys, secret, "apiKey");
        key = once(key, secret, "apiKey");
        return this;
    }

    /**
     * Sets where the key comes from, for keys that rotate or expire. The supplier is asked before each attempt, on the thread
     * that asks the model: the first attempt's is the one that called the engine. So it must be thread-safe and return at
     * once, from a field that something else renews; the time it takes counts against the deadline. It is never asked on the
     * transport's thread.
     *
     * <p>If it throws or returns null, the attempt fails as UNAUTHORIZED with the cause NO_KEY, before anything is sent; what
     * it threw is dropped, since that may hold the key. After a 401 the engine makes one more attempt at once, within the
     * deadline and the number of attempts, and so asks it again; if it still gives the key that was refused, that key is not
     * sent again within a second.
     *
     * @param source gives the key that is valid now
     * @return this builder
     */
    public DeepSeekBuilder apiKey(Supplier<ApiKey> source) {
        once(key, source, "apiKey");
        keys = once(keys, source, "apiKey");
        return this;
    }

    /**
     * Sends the key alone in a header of this name, as {@code api-key: KEY} at Azure, in place of
     * {@code Authorization: Bearer KEY}.
     *
     * @param name the header's name, in any case
     * @return this builder
     * @throws IllegalArgumentException if it is malformed, or is one that the adapter sets itself
     */
    public DeepSeekBuilder keyHeader(String name) {
        additions.keyHeader(name);
        return this;
    }

    /**
     * Adds a header to every request. May be called for several names. The value may be a secret: it is not logged.
     *
     * @param name the header's name, in any case; {@code user-agent} replaces {@code hybrid-inference}
     * @param value 1 to 8,192 visible ASCII characters and spaces
     * @return this builder
     * @throws IllegalArgumentException if one of them is malformed, or the name is one that the adapter sets itself, such as
     *     {@code host}; the message does not repeat the value
     * @throws IllegalStateException if the name was given before
     */
    public DeepSeekBuilder header(String name, String value) {
        additions.header(name, value);
        return this;
    }

    /**
     * Adds a parameter to the query of every request, such as Azure's {@code api-version}. May be called for several names.
     *
     * @param name letters, digits and {@code -_.~}
     * @param value its value, which is encoded as a URL wants it
     * @return this builder
     * @throws IllegalArgumentException if the name is malformed; the message does not repeat the value
     * @throws IllegalStateException if the name was given before
     */
    public DeepSeekBuilder query(String name, String value) {
        additions.query(name, value);
        return this;
    }

    /**
     * Sets the path of completions, by default {@code /chat/completions}. It follows the path of the endpoint.
     *
     * @param completions begins with a slash and is encoded as a URL wants it
     * @return this builder
     * @throws IllegalArgumentException if it is anything else
     */
    public DeepSeekBuilder path(String completions) {
        additions.path(completions);
        return this;
    }

    /**
     * Adds a field to the body of every request, such as {@code enable_thinking}, {@code provider} or {@code user_id}. May be
     * called for several names. The fields are part of what cached answers are remembered under. They must not hold a
     * caller's data, since they are the same for all callers; and what they make a call cost beyond input and output tokens
     * is not known to the engine.
     *
     * @param name letters, digits and {@code _.-}
     * @param value a text, a finite number, true, false, null, or lists of them and maps from texts to them; all fields
     *     together have at most 16 KB
     * @return this builder
     * @throws IllegalArgumentException if one of them is anything else, or the name is one that the adapter writes itself, such
     *     as {@code messages}, {@code stream} or {@code max_tokens}; the message does not repeat the value
     * @throws IllegalStateException if the name was given before
     */
    public DeepSeekBuilder extraBody(String name, @Nullable Object value) {
        extra.add(name, value);
        return this;
    }

    /**
     * Sets the URL of the service, by default that of its dialect.
     *
     * @param url the beginning of its URLs, up to {@code /chat/completions}; without encryption ({@code http}) only on
     *     this machine, or with {@link #allowPlainHttp()}
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
     *     this machine, or with {@link #allowPlainHttp()}
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

    /**
     * Sends everything through an HTTP proxy, inside a tunnel (method CONNECT). To an endpoint with {@code https} the
     * tunnel is encrypted, so that the proxy sees the host's name and neither the key nor what is sent; to one with
     * {@code http} it can read along, like all who are on the way. By default the proxy of {@link #network} is used, then that of the JVM's properties
     * {@code https.proxyHost}, {@code https.proxyPort} and {@code http.nonProxyHosts}; those two are for endpoints with
     * {@code https} on other machines only, this one is for every endpoint. The endpoint's name is looked up by the proxy.
     *
     * @param url such as {@code http://user:password@proxy.example:3128}, user and password percent-encoded and optional;
     *     port 80 if it names none
     * @return this builder
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     * @throws IllegalStateException if {@link #noProxy()} was called
     */
    public DeepSeekBuilder proxy(String url) {
        network.proxy(HttpProxy.parse(url));
        return this;
    }

    /**
     * Sends everything through an HTTP proxy; see {@link #proxy(String)}.
     *
     * @param url such as {@code http://user:password@proxy.example:3128}
     * @return this builder
     * @throws IllegalArgumentException if it is anything else; the message does not repeat it
     * @throws IllegalStateException if {@link #noProxy()} was called
     */
    public DeepSeekBuilder proxy(URI url) {
        return proxy(url.toString());
    }

    /**
     * Uses no proxy, whatever the environment and the JVM's properties say.
     *
     * @return this builder
     * @throws IllegalStateException if a proxy was set
     */
    public DeepSeekBuilder noProxy() {
        network.noProxy();
        return this;
    }

    /**
     * Trusts the certificates of a file in place of those that this Java runtime trusts, such as those of a firm's own
     * authority. The host's name and the validity of its certificate are checked all the same.
     *
     * @param file certificates in PEM, or a key store without a password
     * @return this builder
     * @throws IllegalArgumentException if the file cannot be read or holds no certificate
     * @throws IllegalStateException if {@link #sslContext} was called
     */
    public DeepSeekBuilder trustStore(Path file) {
        network.tls().trustStore(file, null);
        return this;
    }

    /**
     * Trusts the certificates of a key store in place of those that this Java runtime trusts; see {@link #trustStore(Path)}.
     *
     * @param file a key store (PKCS12 or JKS)
     * @param password its password
     * @return this builder
     * @throws IllegalArgumentException if the file cannot be read, the password is wrong, or it holds no certificate; the
     *     message does not repeat the password
     * @throws IllegalStateException if {@link #sslContext} was called
     */
    public DeepSeekBuilder trustStore(Path file, String password) {
        network.tls().trustStore(file, Objects.requireNonNull(password, "password"));
        return this;
    }

    /**
     * Shows a certificate to the server (mutual TLS), by default none.
     *
     * @param file a key store (PKCS12 or JKS) with the key and its certificate
     * @param password the password of the file and of the key
     * @return this builder
     * @throws IllegalArgumentException if the file cannot be read, the password is wrong, or it holds no key; the message
     *     does not repeat the password
     * @throws IllegalStateException if {@link #sslContext} was called
     */
    public DeepSeekBuilder clientCertificate(Path file, String password) {
        network.tls().clientCertificate(file, password);
        return this;
    }

    /**
     * Takes protocols, cipher suites, trusted authorities and the client's certificate from a context. The host's name and
     * the validity of its certificate are checked all the same, even if the context's trust manager accepts everything.
     *
     * @param context an initialized context
     * @return this builder
     * @throws IllegalStateException if a trust store or a client certificate was set
     */
    public DeepSeekBuilder sslContext(SSLContext context) {
        network.tls().context(Objects.requireNonNull(context, "context"));
        return this;
    }

    /**
     * Allows an endpoint on another machine without encryption ({@code http}), such as a model in a container next door. All
     * who are on the way can read and change what is sent and answered, and read the key if there is one; without a key none
     * is asked for. A warning is logged when the model is built.
     *
     * @return this builder
     */
    public DeepSeekBuilder allowPlainHttp() {
        network.allowPlainHttp();
        return this;
    }

    /**
     * Reads from environment variables how the service is reached: {@code HTTPS_PROXY} and {@code NO_PROXY} (also in lower
     * case, which goes first), {@code DEEPSEEK_TRUST_STORE} and {@code DEEPSEEK_CLIENT_CERTIFICATE}, each with
     * {@code _PASSWORD}, and {@code DEEPSEEK_ALLOW_PLAIN_HTTP}. What is set on this builder goes before them.
     *
     * @param environment the variables, such as {@link System#getenv()}; others are not looked at
     * @return this builder
     * @throws IllegalArgumentException if one of them is malformed, or a file or its password does not fit; the message
     *     names the variable and does not repeat passwords. The proxy's URL is looked at by {@link #build()}
     */
    public DeepSeekBuilder network(Map<String, String> environment) {
        network.environment(environment);
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
     * @throws IllegalStateException if the endpoint is missing for a dialect that has none, or is one without encryption on
     *     another machine and this was not allowed; or the key is missing for an endpoint on another machine, or the model for
     *     a dialect other than DeepSeek's, or in JSON mode the prompt does not contain the word json; or if an extra field is
     *     one that the dialect writes, or {@code header} has the name of {@code keyHeader}; or if the application brings a
     *     version of Netty that does not fit, with what to set
     * @throws IllegalArgumentException if the prompt, the model's name, an extra field, the endpoint, the query or the path contains
     *     the key,
     *     or the proxy of the environment or of the JVM's properties is malformed
     */
    public DeepSeek build() {
        Endpoint where = endpoint == null ? endpointOf(dialect == null ? Dialect.DEEPSEEK : dialect) : endpoint;
        network.check(where);
        if (key == null && keys == null && !network.isOpen(where)) {
            throw new IllegalStateException("an endpoint on another machine needs an API key: set apiKey");
        }
        ChatPrompt system = Objects.requireNonNullElse(prompt, ChatPrompt.STANDARD);
        // first, since what follows may log the model's name
        String fixed =
                String.join("\n", system.text(), Objects.requireNonNullElse(model, ""), extra.members(), where.path());
        if (key != null && fixed.contains(key.reveal())) {
            throw new IllegalArgumentException(
                    "the prompt, the model's name, an extra field or the endpoint contains the API key");
        }
        ChatSettings settings = ChatSettings.of(where.host(), dialect, model, system, maxOutputTokens, prices, clock);
        if (additions.keyHeader() == null) {
            settings.dialect().keyHeader().ifPresent(additions::keyHeader);
        }
        additions.check(key == null ? null : key.reveal());
        RequestTemplate template = RequestTemplate.of(settings, extra);
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
        HttpProxy proxy = network.proxyTo(where);
        NettyRehearsal.run(where, encryption, proxy);
        ChatCosts costs = settings.costs().withMoreInput(extra.bytes());
        return new DeepSeek(
                identity(settings),
                template,
                new BodyCheck(template, where.isLoopback()),
                new Audit(log, where.authority(), settings.clock()),
                new NettyTransport(where, encryption, proxy, resolver),
                new ReplyTranslator(costs, settings.clock()),
                costs,
                new RequestFactory(where, additions),
                keys == null ? KeySource.always(key) : KeySource.from(keys, System::nanoTime));
    }

    private ModelIdentity identity(ChatSettings settings) {
        ModelIdentity plain = settings.identity();
        return extra.isEmpty()
                ? plain
                : new ModelIdentity(
                        plain.model(), plain.promptVersion(), plain.parameters() + " extra=" + extra.digest());
    }

    private @Nullable SslContext encryption(Endpoint where) {
        if (!where.tls()) {
            return null;
        }
        return tls == null ? network.encryption() : tls;
    }

    private static <T> T once(@Nullable T before, T now, String setter) {
        if (before != null) {
            throw new IllegalStateException(setter + " was already set");
        }
        return Objects.requireNonNull(now, setter);
    }

    /** Shows no settings, since the key is among them. */
    @Override
    public String toString() {
        return "DeepSeekBuilder";
    }
}
