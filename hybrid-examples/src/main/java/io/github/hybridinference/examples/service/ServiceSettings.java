package io.github.hybridinference.examples.service;

import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.examples.run.ModelClient;
import io.github.hybridinference.examples.run.ModelSettings;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of the service; {@code .env-template} explains each variable.
 *
 * @param model the model
 * @param client what carries the requests to the model
 * @param redisUrl where Redis is, empty for none
 * @param redisPrefix what all keys in Redis begin with
 * @param redisCaFile the file of the authorities that vouch for Redis, empty for those that the JVM trusts
 * @param integrity how answers in Redis are signed
 * @param cacheTtl how long an answer stays cached at most
 * @param anonymize whether features are rounded to coarse steps
 * @param fallbackToLocal whether the rules answer when the model does not
 * @param maxFailures failures in a row that open the breaker
 * @param timeout the time limit of an inference
 * @param dailyBudgetUsd the cap a day as it was written, empty for none
 * @param host where to listen
 * @param port where to listen, 0 for a free port
 * @param apiToken the bearer token, empty for none
 * @param allowedHosts names under which the service may be asked besides its own, in lower case
 * @param features figures of the owner's own that may be sent
 * @param router what chooses among the complex scenarios; empty if all of them go to the model
 */
record ServiceSettings(
        ModelSettings model,
        ModelClient client,
        String redisUrl,
        String redisPrefix,
        String redisCaFile,
        IntegritySecrets integrity,
        Duration cacheTtl,
        boolean anonymize,
        boolean fallbackToLocal,
        int maxFailures,
        Duration timeout,
        String dailyBudgetUsd,
        String host,
        int port,
        String apiToken,
        Set<String> allowedHosts,
        List<Feature> features,
        Optional<RouterModel> router) {

    private static final int DAY_S = 86_400;
    private static final Duration SHORTEST_REMOTE_TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{16,512}");
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_\\[\\]-]{1,255}");

    /** Reads {@code .env} in the directory, if there is one; variables of the environment override it. */
    static ServiceSettings load(Path directory, Map<String, String> environment) throws CommandException {
        return of(Variables.load(directory, environment).values());
    }

    static ServiceSettings of(Map<String, String> values) throws CommandException {
        EnvironmentVariables of = new EnvironmentVariables(values);
        ServiceSettings settings = new ServiceSettings(
                model(values),
                client(of.text("MODEL_CLIENT", "netty")),
                of.text("REDIS_URL", ""),
                of.text("REDIS_PREFIX", "hybrid:"),
                of.text("REDIS_CA_FILE", ""),
                IntegritySecrets.of(of),
                Duration.ofSeconds(of.number("CACHE_TTL", 900, 1, DAY_S)),
                of.flag("ENABLE_ANONYMIZATION", true),
                of.flag("FALLBACK_TO_LOCAL", true),
                of.number("MAX_FAILURES_BEFORE_FALLBACK", 5, 1, 1_000),
                Duration.ofMillis(of.number("INFERENCE_TIMEOUT_MS", 3_000, 1, 60_000)),
                of.money("DAILY_BUDGET_USD"),
                of.text("HOST", "127.0.0.1"),
                of.number("PORT", 8_000, 0, 65_535),
                of.text("API_TOKEN", ""),
                hosts(of.text("ALLOWED_HOSTS", "")),
                features(of.text("FEATURES_FILE", "")),
                router(of.text("ROUTER_FILE", "")));
        settings.check();
        return settings;
    }

    private static ModelSettings model(Map<String, String> values) throws CommandException {
        try {
            return ModelSettings.of(values);
        } catch (IllegalArgumentException refused) {
            throw new CommandException(
                    String.valueOf(refused.getMessage())); // names the variable and never repeats its value
        }
    }

    private static List<Feature> features(String file) throws CommandException {
        try {
            return file.isEmpty() ? List.of() : FeatureFile.read(Path.of(file));
        } catch (IllegalArgumentException refused) { // an invalid path is one, and its message has the path
            throw new CommandException("FEATURES_FILE: "
                    + (refused instanceof InvalidPathException ? "is no path" : refused.getMessage()));
        } catch (IOException unreadable) {
            throw new CommandException("FEATURES_FILE names no file of at most 64 kB in UTF-8 that can be read");
        }
    }

    private static Optional<RouterModel> router(String file) throws CommandException {
        try {
            return file.isEmpty() ? Optional.empty() : Optional.of(RouterModel.read(Path.of(file)));
        } catch (IllegalArgumentException refused) { // an invalid path is one, and its message has the path
            throw new CommandException(
                    "ROUTER_FILE: " + (refused instanceof InvalidPathException ? "is no path" : refused.getMessage()));
        } catch (IOException unreadable) {
            throw new CommandException("ROUTER_FILE names no file in UTF-8 that can be read");
        }
    }

    private static Set<String> hosts(String list) throws CommandException {
        Set<String> hosts = new HashSet<>();
        for (String host : list.isEmpty() ? new String[0] : list.split(",", -1)) {
            String name = host.strip().toLowerCase(Locale.ROOT);
            if (!NAME.matcher(name).matches()) {
                throw new CommandException(
                        "ALLOWED_HOSTS must be host names with commas between them, without scheme, port or *");
            }
            hosts.add(name);
        }
        return Set.copyOf(hosts);
    }

    private static ModelClient client(String name) throws CommandException {
        return ModelClient.named(name)
                .orElseThrow(() -> new CommandException("MODEL_CLIENT must be " + ModelClient.NAMES));
    }

    private void check() throws CommandException {
        if (!HOST.matcher(host).matches()) {
            throw new CommandException("HOST must be a name or an address to listen on");
        }
        if (apiToken.isEmpty() && !isLoopback(host)) {
            throw new CommandException("API_TOKEN must be set when HOST is not on loopback");
        }
        if (!apiToken.isEmpty() && !TOKEN.matcher(apiToken).matches()) {
            throw new CommandException("API_TOKEN must be 16 to 512 visible ASCII characters");
        }
        if (!anonymize && !isLoopback(modelHost())) {
            throw new CommandException("ENABLE_ANONYMIZATION=false needs a DEEPSEEK_BASE_URL on loopback:"
                    + " finer figures must not leave this machine");
        }
    }

    /** The longest time that a call to the model may take, and so the longest that it is worth to wait for one. */
    Duration longestTimeout() {
        return timeout.compareTo(SHORTEST_REMOTE_TIMEOUT) < 0 ? SHORTEST_REMOTE_TIMEOUT : timeout;
    }

    boolean isOnLoopback() {
        return isLoopback(host);
    }

    boolean hasModel() {
        return model.isModel();
    }

    private String modelHost() {
        try {
            return String.valueOf(new URI(model.url()).getHost());
        } catch (URISyntaxException echoesTheValue) {
            return ""; // the adapter refuses it with a message of its own
        }
    }

    private static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    /** Nothing of the settings, since secrets are among them. */
    @Override
    public String toString() {
        return "ServiceSettings";
    }
}
