package io.github.hybridinference.spring;

import static io.github.hybridinference.spring.InvalidSettingException.check;
import static io.github.hybridinference.spring.InvalidSettingException.resolved;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.deepseek.DeepSeekBuilder;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.remote.Dialect.Effort;
import io.github.hybridinference.remote.Dialect.Output;
import io.github.hybridinference.remote.Dialect.Thinking;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.spring.HybridProperties.Model;
import io.github.hybridinference.spring.HybridProperties.Prices;
import io.github.hybridinference.spring.HybridProperties.Tls;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/** Makes a model of what the properties say. The only class that uses {@code hybrid-deepseek}. */
final class DeepSeekModels {
    /** Certificates are set by properties; the proxy is that of the machine unless a property says otherwise. */
    private static final Set<String> PROXY_VARIABLES = Set.of("HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy");

    private DeepSeekModels() {}

    static ConfiguredModels.Provided of(int index, Model settings, @Nullable EgressLog log) {
        String property = "hybrid.models[" + index + "].";
        DeepSeekBuilder builder = DeepSeek.builder().dialect(checkedDialect(property, settings));
        if (settings.apiKey() != null) {
            String key = resolved(property + "api-key", settings.apiKey());
            check(property + "api-key", () -> builder.apiKey(key));
        }
        if (settings.baseUrl() != null) {
            String url = resolved(property + "base-url", settings.baseUrl());
            check(property + "base-url", () -> builder.endpoint(url));
        }
        if (settings.name() != null) {
            String name = settings.name();
            check(property + "name", () -> builder.model(name));
        }
        if (settings.maxOutputTokens() != null) {
            int tokens = settings.maxOutputTokens();
            check(property + "max-output-tokens", () -> builder.maxOutputTokens(tokens));
        }
        gateway(property, settings, builder);
        prices(property, settings, builder);
        prompt(property, settings, builder);
        network(property, settings, builder);
        if (log != null) {
            builder.egressLog(log);
        }
        return new ConfiguredModels.Provided(
                build(property, settings, builder), settings.dialect().name().toLowerCase(Locale.ROOT));
    }

    /** The simulated model, which takes any key. */
    static RemoteModel local(String url) {
        return DeepSeek.builder().endpoint(url).apiKey("simulated").build();
    }

    private static RemoteModel build(String property, Model settings, DeepSeekBuilder builder) {
        try {
            return builder.build();
        } catch (IllegalStateException incomplete) {
            String message = String.valueOf(incomplete.getMessage());
            if (message.startsWith("keyHeader")) {
                throw new InvalidSettingException(property + "key-header", "headers has the same name");
            }
            boolean lacksKey = settings.apiKey() == null && message.contains("apiKey");
            boolean lacksName = settings.name() == null && message.contains("set model");
            boolean lacksUrl = settings.baseUrl() == null && message.contains("set endpoint");
            boolean isOpen = message.contains("needs https");
            String missing =
                    lacksKey ? "api-key" : lacksName ? "name" : isOpen || lacksUrl ? "base-url" : "prompt.file";
            throw new InvalidSettingException(
                    property + missing, lacksKey ? KEY_IS_MISSING : isOpen ? IS_OPEN : message);
        } catch (IllegalArgumentException refused) {
            String message = String.valueOf(refused.getMessage());
            throw new InvalidSettingException(property + (message.contains("API key") ? "api-key" : "proxy"), message);
        }
    }

    private static final String KEY_IS_MISSING = "it is not set, and a service on another machine needs a key";

    private static final String IS_OPEN =
            "a service on another machine needs https; where the network between is trusted, allow-plain-http allows http";

    private static void network(String property, Model settings, DeepSeekBuilder builder) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.keySet().retainAll(PROXY_VARIABLES);
        builder.network(environment);
        if (settings.allowPlainHttp()) {
            builder.allowPlainHttp();
        }
        String proxy = settings.proxy();
        if (proxy != null && proxy.strip().equals("none")) {
            builder.noProxy();
        } else if (proxy != null) {
            String url = resolved(property + "proxy", proxy);
            check(property + "proxy", () -> builder.proxy(url));
        }
        Tls tls = settings.tls();
        Path trusted = tls.trustStore();
        if (trusted != null) {
            String password = tls.trustStorePassword();
            check(property + "tls.trust-store", () -> {
                if (password == null) {
                    builder.trustStore(trusted);
                } else {
                    builder.trustStore(trusted, password);
                }
            });
        }
        Path own = tls.clientCertificate();
        if (own != null) {
            String password = tls.clientCertificatePassword();
            if (password == null) {
                throw new InvalidSettingException(
                        property + "tls.client-certificate-password", "it is not set, though client-certificate is");
            }
            check(property + "tls.client-certificate", () -> builder.clientCertificate(own, password));
        }
    }

    private static Dialect checkedDialect(String property, Model settings) {
        try {
            return dialect(settings);
        } catch (IllegalArgumentException | IllegalStateException refused) {
            String last = settings.output() == null ? "effort" : settings.effort() == null ? "output" : "dialect";
            throw new InvalidSettingException(property + last, String.valueOf(refused.getMessage()));
        }
    }

    private static Dialect dialect(Model settings) {
        Dialect dialect = Dialect.of(settings.dialect().name());
        if (settings.thinking() != null) {
            dialect = switch (settings.thinking()) {
                case UNSAID -> dialect.withEffort(Effort.NONE).withThinking(Thinking.UNSAID);
                case TYPE_DISABLED -> dialect.withEffort(Effort.NONE).withThinking(Thinking.TYPE);
                case TYPE_ENABLED -> dialect.withEffort(Effort.DEFAULT).withThinking(Thinking.TYPE);
                case EFFORT_NONE -> dialect.withThinking(Thinking.EFFORT).withEffort(Effort.NONE);
                case EFFORT_MINIMAL -> dialect.withThinking(Thinking.EFFORT).withEffort(Effort.MINIMAL);
                case TEMPLATE_FLAG -> dialect.withEffort(Effort.NONE).withThinking(Thinking.TEMPLATE_FLAG);
                case TOP_LEVEL_FLAG -> dialect.withEffort(Effort.NONE).withThinking(Thinking.TOP_LEVEL_FLAG);
            };
        }
        if (settings.effort() != null) {
            dialect = dialect.withEffort(Effort.valueOf(settings.effort().name()));
        }
        if (settings.output() != null) {
            dialect = dialect.withOutput(Output.valueOf(settings.output().name()));
        }
        return Boolean.FALSE.equals(settings.temperature()) ? dialect.withoutTemperature() : dialect;
    }

    private static void gateway(String property, Model settings, DeepSeekBuilder builder) {
        if (settings.keyHeader() != null) {
            String name = settings.keyHeader();
            check(property + "key-header", () -> builder.keyHeader(name));
        }
        settings.headers().forEach((name, value) -> {
            String header = property + "headers." + name;
            String given = resolved(header, value);
            check(header, () -> builder.header(name, given));
        });
        settings.query().forEach((name, value) -> {
            String parameter = property + "query." + name;
            String given = resolved(parameter, value);
            check(parameter, () -> builder.query(name, given));
        });
        if (settings.path() != null) {
            String path = settings.path();
            check(property + "path", () -> builder.path(path));
        }
    }

    private static void prices(String property, Model settings, DeepSeekBuilder builder) {
        Prices prices = settings.prices();
        boolean given = prices.cachedInput() != null || prices.input() != null || prices.output() != null;
        if (settings.pricesFile() != null) {
            if (given) {
                throw new InvalidSettingException(
                        property + "prices-file", "prices are set as well: set one of the two");
            }
            String table = text(property + "prices-file", settings.pricesFile());
            check(property + "prices-file", () -> builder.prices(PriceTable.parse(table)));
        } else if (given) {
            String line = "*,2000-01-01,,," + amount(property + "prices.cached-input", prices.cachedInput()) + ","
                    + amount(property + "prices.input", prices.input()) + ","
                    + amount(property + "prices.output", prices.output());
            String table = "model,from,to,hours,cache_hit,cache_miss,output\n" + line + "\n";
            check(property + "prices", () -> builder.prices(PriceTable.parse(table)));
        }
    }

    private static String amount(String property, @Nullable BigDecimal usd) {
        if (usd == null) {
            throw new InvalidSettingException(property, "it is not set, though another price is");
        }
        if (usd.signum() < 0 || usd.stripTrailingZeros().scale() > 3) {
            throw new InvalidSettingException(
                    property, "a price is US dollars per million tokens, not negative, with at most three decimals");
        }
        return usd.stripTrailingZeros().toPlainString();
    }

    private static void prompt(String property, Model settings, DeepSeekBuilder builder) {
        String version = settings.prompt().version();
        Resource file = settings.prompt().file();
        if ((version == null) != (file == null)) {
            throw new InvalidSettingException(
                    property + "prompt." + (version == null ? "version" : "file"),
                    "a prompt has a version and a file, and this one is not set");
        }
        if (version != null && file != null) {
            String text = text(property + "prompt.file", file);
            check(property + "prompt", () -> builder.prompt(version, text));
        }
    }

    private static String text(String property, Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new InvalidSettingException(property, "the file cannot be read");
        }
    }
}
