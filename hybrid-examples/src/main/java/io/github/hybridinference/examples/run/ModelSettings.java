package io.github.hybridinference.examples.run;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatSettings;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The model that the environment describes; {@code .env-template} explains each variable. Messages name the variable and do
 * not repeat its value.
 *
 * @param key its key, empty for none
 * @param baseUrl where it is, empty for the dialect's own service
 * @param name its name, empty for the default
 * @param dialect how it is spoken to
 * @param isDialectSet whether the environment names the dialect, in which case a model is meant even without a key
 * @param prices what it charges, null for the dialect's prices
 * @param headers headers of every request
 * @param query parameters of every request's URL
 * @param network the variables that say how the model is reached, those of them that are set
 */
public record ModelSettings(
        String key,
        String baseUrl,
        String name,
        Dialect dialect,
        boolean isDialectSet,
        @Nullable PriceTable prices,
        Map<String, String> headers,
        Map<String, String> query,
        Map<String, String> network) {
    private static final String KEY = "DEEPSEEK_API_KEY";
    private static final String BASE_URL = "DEEPSEEK_BASE_URL";
    private static final String MODEL = "DEEPSEEK_MODEL";
    private static final String DIALECT = "MODEL_DIALECT";
    private static final String INPUT = "MODEL_PRICE_INPUT";
    private static final String CACHED_INPUT = "MODEL_PRICE_CACHED_INPUT";
    private static final String OUTPUT = "MODEL_PRICE_OUTPUT";
    private static final String PRICES_FILE = "MODEL_PRICES_FILE";
    private static final Set<String> NETWORK = Set.of(
            "HTTPS_PROXY",
            "https_proxy",
            "NO_PROXY",
            "no_proxy",
            "DEEPSEEK_TRUST_STORE",
            "DEEPSEEK_TRUST_STORE_PASSWORD",
            "DEEPSEEK_CLIENT_CERTIFICATE",
            "DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD",
            "DEEPSEEK_ALLOW_PLAIN_HTTP");

    /**
     * Reads the variables that can be read without each other.
     *
     * @param environment the variables
     * @return the settings
     * @throws IllegalArgumentException if one of them is malformed
     */
    public static ModelSettings of(Map<String, String> environment) {
        String dialect = text(environment, DIALECT);
        return new ModelSettings(
                text(environment, KEY),
                text(environment, BASE_URL),
                text(environment, MODEL),
                checked(DIALECT, () -> dialect.isEmpty() ? Dialect.DEEPSEEK : Dialect.of(dialect)),
                !dialect.isEmpty(),
                prices(environment),
                pairs(environment, "MODEL_HEADERS", ",", "%2C", DeepSeek.builder()::header),
                pairs(environment, "MODEL_QUERY", "&", "%26", DeepSeek.builder()::query),
                network(environment));
    }

    /**
     * A model that speaks DeepSeek's dialect, for the stand-in.
     *
     * @param baseUrl where it is
     * @return settings with a key of no value
     */
    static ModelSettings ofStandIn(String baseUrl) {
        return new ModelSettings(
                "none-needed", baseUrl, "", Dialect.DEEPSEEK, false, null, Map.of(), Map.of(), Map.of());
    }

    /**
     * Whether a model is described at all: by a key, or by a dialect.
     *
     * @return false if the rules are to answer everything
     */
    public boolean isModel() {
        return !key.isEmpty() || isDialectSet;
    }

    /**
     * Whether the environment describes a model at all.
     *
     * @param environment the variables
     * @return false if the rules are to answer everything
     */
    static boolean isModel(Map<String, String> environment) {
        return !text(environment, KEY).isEmpty() || !text(environment, DIALECT).isEmpty();
    }

    /**
     * Where the model is.
     *
     * @return a URL
     */
    public String url() {
        return baseUrl.isEmpty() ? dialect.endpoint() : baseUrl;
    }

    /**
     * Makes the model.
     *
     * @param client what carries the requests
     * @return a model that can be closed, with its client
     * @throws IllegalArgumentException if a variable is malformed, or they do not go together
     */
    public RemoteModel model(ModelClient client) {
        if (!key.isEmpty()) {
            checked(KEY, () -> ApiKey.of(key));
        }
        if (!name.isEmpty()) {
            checked(MODEL, () -> ChatSettings.checkModel(name));
        }
        if (!baseUrl.isEmpty()) {
            checked(BASE_URL, () -> DeepSeek.builder().endpoint(baseUrl));
        }
        if (name.isEmpty() && !dialect.name().equals(Dialect.DEEPSEEK.name())) {
            throw new IllegalArgumentException(MODEL + " must be set with this " + DIALECT);
        }
        return checked(key.isEmpty() ? KEY : DIALECT, () -> client.model(this));
    }

    private static @Nullable PriceTable prices(Map<String, String> environment) {
        String input = text(environment, INPUT);
        String cachedInput = text(environment, CACHED_INPUT);
        String output = text(environment, OUTPUT);
        String file = text(environment, PRICES_FILE);
        if (!file.isEmpty()) {
            if (!(input + cachedInput + output).isEmpty()) {
                throw new IllegalArgumentException(PRICES_FILE + " must not be set together with " + INPUT + ", "
                        + CACHED_INPUT + " or " + OUTPUT);
            }
            return checked(PRICES_FILE, () -> read(file));
        }
        if ((input + cachedInput + output).isEmpty()) {
            return null;
        }
        if (input.isEmpty() || output.isEmpty()) {
            throw new IllegalArgumentException(
                    (input.isEmpty() ? INPUT : OUTPUT) + " must be set, since another price is");
        }
        String cachedUsd = cachedInput.isEmpty() ? input : cachedInput;
        PriceTable.InputStep cached = checked(
                cachedInput.isEmpty() ? INPUT : CACHED_INPUT,
                () -> PriceTable.perMillionTokens().cachedInput(cachedUsd));
        PriceTable.OutputStep both = checked(INPUT, () -> cached.input(input));
        return checked(OUTPUT, () -> both.output(output));
    }

    private static PriceTable read(String file) {
        try {
            return PriceTable.read(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw new IllegalArgumentException("the file cannot be read");
        }
    }

    /** Reads pairs of a name and an encoded value, and lets a builder refuse what cannot be sent. */
    private static Map<String, String> pairs(
            Map<String, String> environment,
            String variable,
            String separator,
            String encodedSeparator,
            BiConsumer<String, String> check) {
        Map<String, String> pairs = new LinkedHashMap<>();
        String text = text(environment, variable);
        for (String pair : text.isEmpty() ? new String[0] : text.split(separator, -1)) {
            int equals = pair.indexOf('=');
            String value = equals < 1 ? null : decoded(pair.substring(equals + 1));
            if (value == null) {
                throw new IllegalArgumentException(variable + " must be name=value, with " + separator
                        + " between two of them; within a value it is " + encodedSeparator + ", and % is %25");
            }
            String name = pair.substring(0, equals).strip();
            checked(variable, () -> {
                check.accept(name, value);
                return name;
            });
            pairs.put(name, value);
        }
        return Map.copyOf(pairs);
    }

    private static @Nullable String decoded(String value) {
        try {
            return URLDecoder.decode(value.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException echoesTheValue) {
            return null;
        }
    }

    private static Map<String, String> network(Map<String, String> environment) {
        Map<String, String> set = new HashMap<>(environment);
        set.keySet().retainAll(NETWORK);
        set.values().removeIf(String::isBlank);
        return Map.copyOf(set);
    }

    private static String text(Map<String, String> environment, String variable) {
        return environment.getOrDefault(variable, "").strip();
    }

    /** Names the variable if what reads it refuses it; none of the messages repeats a value. */
    private static <T> T checked(String variable, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | IllegalStateException refused) {
            String message = String.valueOf(refused.getMessage());
            boolean namesVariable = message.matches("[A-Za-z._]+: .*");
            throw new IllegalArgumentException(namesVariable ? message : variable + " cannot be used: " + message);
        }
    }

    /** The dialect alone, since secrets are among the others. */
    @Override
    public String toString() {
        return "ModelSettings[" + dialect.name() + "]";
    }
}
