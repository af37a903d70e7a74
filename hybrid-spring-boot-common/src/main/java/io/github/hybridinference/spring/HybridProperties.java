package io.github.hybridinference.spring;

import io.github.hybridinference.cache.CacheScope;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.io.Resource;

/**
 * What a configuration file can say about the engine. Null is "not set": then the engine's own default holds. The ranges are
 * checked by the builders that get the values.
 *
 * @param enabled Whether an engine is made at all.
 * @param mode Which models are asked: auto asks those that are configured, rules-only none, simulated the simulated model of hybrid-testkit, whatever is configured.
 * @param models The models, in the order in which they are asked; the next one is asked when one fails.
 * @param timeout How long an inference may take, retries included; 3s by default, at most an hour.
 * @param remoteTimeout How long a call to a model may take in all, also after its callers were answered; 10s by default, at least the timeout.
 * @param maxAttempts How many attempts one model gets for a call, 1 to 10; 3 by default.
 * @param maxCallsInFlight How many calls may be with the models at once; 256 by default.
 * @param maxWaiting How many calls may wait for their turn while as many are with the models as may be; 10,000 by default, 0 for none.
 * @param warmUp Whether the engine is warmed up before the web server starts and the application is ready. It sends no request to a model.
 * @param egressLog A file to which everything that is sent is appended, one JSON object a line; none by default.
 * @param breaker When a model that fails is no longer asked.
 * @param budget What may be spent.
 * @param cache How answers are remembered.
 * @param redis The Redis that a fleet shares; needs hybrid-redis on the class path.
 * @param rules The standard rules.
 * @param classifier Which scenarios are complex. Volatilities are those of hourly bars.
 * @param routerFile A file of a learned router, which narrows what the classifier calls complex; none by default.
 * @param anonymizer How figures are reduced before they are sent.
 * @param customFeatures Figures of your own that may be sent.
 * @param featuresFile A file of figures of your own that may be sent, in the format of FeatureFile; none by default.
 */
@ConfigurationProperties("hybrid")
record HybridProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("auto") Mode mode,
        @DefaultValue List<Model> models,
        @Nullable Duration timeout,
        @Nullable Duration remoteTimeout,
        @Nullable Integer maxAttempts,
        @Nullable Integer maxCallsInFlight,
        @Nullable Integer maxWaiting,
        @DefaultValue("true") boolean warmUp,
        @Nullable Path egressLog,
        @DefaultValue Breaker breaker,
        @DefaultValue Budget budget,
        @DefaultValue Cache cache,
        @DefaultValue Redis redis,
        @DefaultValue Rules rules,
        @DefaultValue Classifier classifier,
        @Nullable Path routerFile,
        @DefaultValue Anonymizer anonymizer,
        @DefaultValue List<CustomFeature> customFeatures,
        @Nullable Path featuresFile) {

    /** Which models are asked. */
    enum Mode {
        /** Those that are configured; without any, the rules answer everything. */
        AUTO,
        /** None, whatever is configured. */
        RULES_ONLY,
        /** The simulated model of hybrid-testkit, whatever is configured. */
        SIMULATED
    }

    /** The services whose protocol is known. */
    enum Service {
        /** DeepSeek. */
        DEEPSEEK,
        /** OpenAI. */
        OPENAI,
        /** OpenAI's models at Azure; base-url is the resource's own. */
        AZURE,
        /** Gemini 2.5 by its compatible interface. */
        GEMINI,
        /** Gemini 3 by its compatible interface, which always thinks. */
        GEMINI_3,
        /** Qwen at Alibaba. */
        QWEN,
        /** Kimi, models that can reply without thinking. */
        KIMI,
        /** Kimi, models that always think. */
        KIMI_THINKING,
        /** GLM. */
        GLM,
        /** Doubao. */
        DOUBAO,
        /** OpenRouter. */
        OPENROUTER,
        /** Claude by its compatible interface. */
        CLAUDE,
        /** Ollama on this machine. */
        OLLAMA,
        /** The server vLLM on this machine. */
        VLLM,
        /** The server of llama.cpp on this machine. */
        LLAMA_CPP
    }

    /** How a service is told whether to reason before it replies. */
    enum Thinking {
        /** Not at all. */
        UNSAID,
        /** By "thinking":{"type":"disabled"}. */
        TYPE_DISABLED,
        /** By "thinking":{"type":"enabled"}. */
        TYPE_ENABLED,
        /** By "reasoning_effort":"none". */
        EFFORT_NONE,
        /** By "reasoning_effort":"minimal". */
        EFFORT_MINIMAL,
        /** By "chat_template_kwargs":{"enable_thinking":false}. */
        TEMPLATE_FLAG,
        /** By "enable_thinking":false. */
        TOP_LEVEL_FLAG
    }

    /** How much a model thinks before it replies. */
    enum Effort {
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

    /** How a service is told to reply in JSON. */
    enum Output {
        /** By the prompt alone. */
        TEXT,
        /** By "response_format":{"type":"json_object"}. */
        JSON_OBJECT,
        /** By a JSON schema, which the service must know; DeepSeek rejects it. */
        JSON_SCHEMA
    }

    /** How exact the figures are that are sent. */
    enum Resolution {
        /** Rounded to the steps of the catalogue. */
        STANDARD,
        /** Rounded to steps five times as large. */
        COARSE,
        /** Rounded and blurred by noise. */
        NOISE,
        /** In up to nine digits, for a model on your own machine only. */
        FINE
    }

    /**
     * A model.
     *
     * @param dialect The service, whose protocol, address and prices are known; deepseek by default.
     * @param baseUrl The URL of the service, up to /chat/completions; by default that of the dialect. It needs https unless it is on this machine or plain http is allowed.
     * @param name The model's name as the service knows it; deepseek-flash by default, needed for other dialects.
     * @param apiKey The key. Services on this machine need none.
     * @param keyHeader The header that holds the key alone, such as api-key at Azure; by default the key is sent as Authorization: Bearer.
     * @param headers Headers of every request, for a gateway, by name; the values may be secret.
     * @param query Parameters of every request's URL, for a gateway, by name.
     * @param path The path of completions, after the base URL; /chat/completions by default.
     * @param maxOutputTokens The longest reply in tokens, 16 to 65536; 200 by default.
     * @param thinking How the service is told whether to reason before it replies; by default as its dialect does it, which is not to reason where that can be said.
     * @param effort How much the model thinks; by default as its dialect does it. With thoughts the longest reply is 4096 tokens by default. Not every service knows every effort.
     * @param output How the service is told to reply in JSON; by default as its dialect does it.
     * @param temperature Whether the service takes a temperature; set it to false for models that reject it. By default as the dialect says.
     * @param prices What the service charges; by default the prices of the dialect.
     * @param pricesFile A file of prices by model, date and hour, in place of prices.
     * @param prompt The system message, in place of the standard one.
     * @param proxy An HTTP proxy, http://user:password@host:port; by default what the environment's HTTPS_PROXY and NO_PROXY or the JVM's https.proxyHost say for https on other machines, and none if it is set to none.
     * @param tls The certificates.
     * @param allowPlainHttp Whether a service on another machine may be reached by http, without encryption; false by default.
     */
    record Model(
            @DefaultValue("deepseek") Service dialect,
            @Nullable String baseUrl,
            @Nullable String name,
            @Nullable String apiKey,
            @Nullable String keyHeader,
            @DefaultValue Map<String, String> headers,
            @DefaultValue Map<String, String> query,
            @Nullable String path,
            @Nullable Integer maxOutputTokens,
            @Nullable Thinking thinking,
            @Nullable Effort effort,
            @Nullable Output output,
            @Nullable Boolean temperature,
            @DefaultValue Prices prices,
            @Nullable Resource pricesFile,
            @DefaultValue Prompt prompt,
            @Nullable String proxy,
            @DefaultValue Tls tls,
            @DefaultValue("false") boolean allowPlainHttp) {
        /** Hides the key and the proxy's password. */
        @Override
        public String toString() {
            return "Model[" + dialect + "]";
        }
    }

    /**
     * Prices.
     *
     * @param cachedInput US dollars per million tokens of input that the service found in its prefix cache; at most three decimals.
     * @param input US dollars per million tokens of other input; at most three decimals.
     * @param output US dollars per million tokens of output; at most three decimals.
     */
    record Prices(
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal input,
            @Nullable BigDecimal output) {}

    /**
     * A system message.
     *
     * @param version Its version, which becomes part of the cache's key.
     * @param file Its text. It must ask for the reply format of the standard message.
     */
    record Prompt(@Nullable String version, @Nullable Resource file) {}

    /**
     * Certificates. The host's name and the validity of its certificate are always checked.
     *
     * @param trustStore Whose certificates are trusted, in place of those of the JVM: a key store (PKCS12 or JKS), or a file in PEM.
     * @param trustStorePassword The password of that key store.
     * @param clientCertificate A key store (PKCS12 or JKS) with the certificate that is shown to the service; none by default.
     * @param clientCertificatePassword The password of that key store and of its key.
     */
    record Tls(
            @Nullable Path trustStore,
            @Nullable String trustStorePassword,
            @Nullable Path clientCertificate,
            @Nullable String clientCertificatePassword) {
        /** Hides the passwords. */
        @Override
        public String toString() {
            return "Tls";
        }
    }

    /**
     * The breaker of each model.
     *
     * @param maxConsecutiveFailures How many failed calls in a row open it; 5 by default. Half of the last 20 open it too.
     * @param openFor How long it bars the model before the model is tried again; 30s by default, at most an hour.
     */
    record Breaker(
            @Nullable Integer maxConsecutiveFailures,
            @Nullable Duration openFor) {}

    /**
     * The budget.
     *
     * @param perDay The hard cap in US dollars a day; none by default, in which case spending is counted and not limited.
     * @param zone The time zone whose midnight starts a day; UTC by default.
     * @param shared Whether the cap holds for the whole fleet; by default it does if there is a Redis.
     * @param localShare The share of the cap, above 0 and at most 1, that this instance may spend while Redis is away; none by default.
     */
    record Budget(
            @Nullable BigDecimal perDay,
            @Nullable ZoneId zone,
            @Nullable Boolean shared,
            @Nullable Double localShare) {}

    /**
     * The cache.
     *
     * @param maxEntries The most answers kept in this process; 100000 by default, 0 for none.
     * @param ttl How long an answer is valid at most; 15m by default, at most a day.
     * @param refreshAfter The age from which a remembered answer is still given and asked for anew in the background; never by default.
     * @param scope Which callers share an answer; shared by default.
     * @param secret A secret of at least 16 bytes that a fleet has in common, to keep answers apart by symbol in its Redis.
     * @param localAnswers Whether the cache is looked up before the rules are evaluated, and remembers their answers too; for costly rules.
     */
    record Cache(
            @Nullable Long maxEntries,
            @Nullable Duration ttl,
            @Nullable Duration refreshAfter,
            @Nullable CacheScope scope,
            @Nullable String secret,
            @DefaultValue("false") boolean localAnswers) {
        /** Hides the secret. */
        @Override
        public String toString() {
            return "Cache[]";
        }
    }

    /**
     * Redis.
     *
     * @param enabled Whether Redis is used if it is there.
     * @param uri Its address: redis://, redis-sentinel:// or redis-cluster://, or with TLS rediss:// and so on; by default that of Spring Data Redis.
     * @param prefix What all keys begin with; hybrid: by default. Applications with the same prefix share answers and budget.
     * @param caFile A file of certificates in PEM form, the authorities that vouch for Redis over TLS; by default those that Java trusts.
     * @param timeout How long Redis may take to answer, 1ms to 1s; 20ms by default.
     * @param ttl The longest time for which an answer is kept; by default its validity.
     * @param lease How long one instance has to make a call for all; 5s by default.
     * @param integritySecret A secret of at least 32 bytes that a fleet has in common, with which answers and leases in Redis are signed; by default nothing is signed.
     * @param acceptedIntegritySecret A second secret whose signatures are accepted too, while the first is replaced.
     * @param shareCalls Whether one instance of the fleet makes a call for all.
     */
    record Redis(
            @DefaultValue("true") boolean enabled,
            @Nullable String uri,
            @Nullable String prefix,
            @Nullable Path caFile,
            @Nullable Duration timeout,
            @Nullable Duration ttl,
            @Nullable Duration lease,
            @Nullable String integritySecret,
            @Nullable String acceptedIntegritySecret,
            @DefaultValue("true") boolean shareCalls) {
        /** Hides the secrets, and the address, which may hold a password. */
        @Override
        public String toString() {
            return "Redis[]";
        }
    }

    /**
     * The rules.
     *
     * @param without Names of standard rules that are left out.
     * @param weights Weights of standard rules by name, in place of the standard ones.
     */
    record Rules(
            @DefaultValue List<String> without,
            @DefaultValue Map<String, Double> weights) {}

    /**
     * Thresholds.
     *
     * @param extremeRsiLow RSI below this is extreme, 0 to 50.
     * @param extremeRsiHigh RSI above this is extreme, 50 to 100.
     * @param extremeVolumeRatio Volume, as a multiple of the usual one, from which an extreme RSI makes a scenario simple.
     * @param highVolatilityPct Volatility above this makes a scenario complex, in percent.
     * @param neutralRsiLow RSI from this is neutral, 0 to 50.
     * @param neutralRsiHigh RSI up to this is neutral, 50 to 100.
     * @param conflictWeight How heavy opposing votes must be to count as a conflict.
     * @param calmVolatilityPct Volatility up to this is calm, in percent.
     * @param clearRsiLow RSI up to this is clear in a calm market, 0 to 50.
     * @param clearRsiHigh RSI from this is clear in a calm market, 50 to 100.
     * @param decisiveScore The rules' score, from zero, from which they are decisive, up to 1.
     * @param volatilityBeforeExtremeRsi Whether high volatility decides before an extreme RSI.
     * @param fixedVolatility Whether volatilities are compared with the same thresholds on every timeframe.
     */
    record Classifier(
            @DefaultValue("20") double extremeRsiLow,
            @DefaultValue("80") double extremeRsiHigh,
            @DefaultValue("1.5") double extremeVolumeRatio,
            @DefaultValue("3") double highVolatilityPct,
            @DefaultValue("45") double neutralRsiLow,
            @DefaultValue("55") double neutralRsiHigh,
            @DefaultValue("0.5") double conflictWeight,
            @DefaultValue("1") double calmVolatilityPct,
            @DefaultValue("35") double clearRsiLow,
            @DefaultValue("65") double clearRsiHigh,
            @DefaultValue("0.5") double decisiveScore,
            @DefaultValue("false") boolean volatilityBeforeExtremeRsi,
            @DefaultValue("false") boolean fixedVolatility) {}

    /**
     * The anonymizer.
     *
     * @param resolution How exact the figures are that are sent: standard rounds them to the steps of the catalogue, coarse to five times as large ones, noise blurs them besides, fine gives up to nine digits and is for a model on your own machine only.
     * @param noise The noise of the resolution noise.
     */
    record Anonymizer(
            @Nullable Resolution resolution, @DefaultValue Noise noise) {}

    /**
     * Noise.
     *
     * @param seed The secret number that the noise is drawn from; needed for the resolution noise.
     * @param steps The most by which a figure is moved, in its own rounding steps; 1 by default.
     * @param window How long the same figure is moved the same way, 1m to 366d; 1d by default.
     */
    record Noise(
            @Nullable Long seed,
            @Nullable Double steps,
            @Nullable Duration window) {
        /** Hides the seed. */
        @Override
        public String toString() {
            return "Noise[]";
        }
    }

    /**
     * A feature.
     *
     * @param name Its name in snake case, which is sent.
     * @param low The lowest figure.
     * @param high The highest figure.
     * @param digits How many significant digits are sent, 1 to 4.
     * @param evenThough Why a name may be sent that can tell whose figure it is or of which instrument, in your own words.
     */
    record CustomFeature(
            @Nullable String name,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Integer digits,
            @Nullable String evenThough) {}
}
