package io.github.hybridinference.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;

/**
 * Hides the secrets of {@code hybrid.*} from the endpoints {@code env} and {@code configprops}: by the names of the properties in any
 * spelling, and, since a property often refers to another one or to a variable, wherever the same text stands.
 */
final class HybridSanitizer implements SanitizingFunction {
    /** A shorter text would hide what only happens to contain it. */
    private static final int SHORTEST_SECRET = 8;

    /** Without punctuation, as a property or as a variable of the environment. */
    private static final Pattern MODEL_HEADER = Pattern.compile("hybridmodels\\[?[0-9]+]?headers.+");

    private final List<String> secrets;

    HybridSanitizer(HybridProperties properties) {
        List<String> known = new ArrayList<>();
        for (HybridProperties.Model model : properties.models()) {
            add(known, model.apiKey());
            model.headers().values().forEach(value -> add(known, value));
            add(known, password(model.proxy()));
            add(known, model.tls().trustStorePassword());
            add(known, model.tls().clientCertificatePassword());
        }
        add(known, password(System.getenv("HTTPS_PROXY")));
        add(known, password(System.getenv("https_proxy")));
        add(known, properties.cache().secret());
        add(known, properties.redis().integritySecret());
        add(known, properties.redis().acceptedIntegritySecret());
        add(known, password(properties.redis().uri()));
        this.secrets = List.copyOf(known);
    }

    private static void add(List<String> known, @Nullable String secret) {
        if (secret != null && secret.strip().length() >= SHORTEST_SECRET) {
            known.add(secret.strip());
        }
    }

    private static @Nullable String password(@Nullable String uri) {
        if (uri == null || uri.indexOf('@') < 0) {
            return null;
        }
        String login = uri.substring(0, uri.lastIndexOf('@'));
        return login.substring(login.lastIndexOf(':') + 1);
    }

    @Override
    public SanitizableData apply(SanitizableData data) {
        Object value = data.getValue();
        if (value == null) {
            return data;
        }
        String text = value.toString();
        boolean isSecret =
                isSecretByName(data.getKey(), text) || secrets.stream().anyMatch(text::contains);
        return isSecret ? data.withSanitizedValue() : data;
    }

    private static boolean isSecretByName(String key, String value) {
        String name = key.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
        if (!name.startsWith("hybrid")) {
            return false;
        }
        return name.endsWith("apikey")
                || MODEL_HEADER.matcher(name).matches()
                || name.endsWith("cachesecret")
                || name.endsWith("integritysecret")
                || name.endsWith("noiseseed")
                || name.endsWith("password")
                || (name.endsWith("proxy") && value.indexOf('@') >= 0)
                || (name.endsWith("redisuri") && value.indexOf('@') >= 0);
    }
}
