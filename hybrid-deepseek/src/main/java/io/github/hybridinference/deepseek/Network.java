package io.github.hybridinference.deepseek;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the service is reached: by which proxy, with which certificates, and whether without encryption. What is set by
 * itself goes before the environment, and that before the properties of the JVM. Not thread-safe.
 */
final class Network {
    static final String PLAIN_HTTP = "DEEPSEEK_ALLOW_PLAIN_HTTP";

    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private final TlsSettings tls = new TlsSettings();
    private final TlsSettings environmentTls = new TlsSettings();
    private @Nullable Map<String, String> environment;
    private @Nullable HttpProxy proxy;
    private boolean noProxy;
    private boolean plainHttp;

    TlsSettings tls() {
        return tls;
    }

    void proxy(HttpProxy set) {
        if (proxy != null) {
            throw new IllegalStateException("proxy was already set");
        }
        refuseBoth(noProxy);
        proxy = set;
    }

    void noProxy() {
        if (noProxy) {
            throw new IllegalStateException("noProxy was already set");
        }
        refuseBoth(proxy != null);
        noProxy = true;
    }

    private static void refuseBoth(boolean both) {
        if (both) {
            throw new IllegalStateException("proxy and noProxy exclude each other");
        }
    }

    void allowPlainHttp() {
        if (plainHttp) {
            throw new IllegalStateException("allowPlainHttp was already set");
        }
        plainHttp = true;
    }

    void environment(Map<String, String> variables) {
        if (environment != null) {
            throw new IllegalStateException("network was already set");
        }
        String flag = value(variables, PLAIN_HTTP);
        if (!flag.matches("|true|false")) {
            throw new IllegalArgumentException(PLAIN_HTTP + ": it must be true or false");
        }
        read(variables, "DEEPSEEK_TRUST_STORE", environmentTls::trustStore);
        read(variables, "DEEPSEEK_CLIENT_CERTIFICATE", (file, password) -> {
            if (password == null) {
                throw new IllegalArgumentException("DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD is not set");
            }
            environmentTls.clientCertificate(file, password);
        });
        environment = Map.copyOf(variables);
    }

    /** Takes a file and its password, null for none. */
    @FunctionalInterface
    private interface KeyStoreSetter {
        void set(Path file, @Nullable String password);
    }

    private static void read(Map<String, String> variables, String name, KeyStoreSetter setter) {
        String file = value(variables, name);
        if (!file.isEmpty()) {
            String password = variables.getOrDefault(name + "_PASSWORD", "");
            try {
                setter.set(Path.of(file), password.isEmpty() ? null : password);
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException(name + ": " + refused.getMessage());
            }
        }
    }

    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "").strip();
    }

    /** Whether requests to an endpoint may go without encryption and without a key. */
    boolean isOpen(Endpoint endpoint) {
        boolean allowed = plainHttp
                || (environment != null && value(environment, PLAIN_HTTP).equals("true"));
        return endpoint.isLoopback() || (!endpoint.tls() && allowed);
    }

    /** Refuses an endpoint on another machine without encryption, or warns of it if it is allowed. */
    void check(Endpoint endpoint) {
        if (endpoint.isLoopback() && proxy != null && !proxy.isLoopback()) {
            // whose localhost is another machine, to which what is only for this one must not be sent
            throw new IllegalStateException(
                    "the endpoint is on this machine and the proxy is not: leave the proxy out");
        }
        if (endpoint.tls() || endpoint.isLoopback()) {
            return;
        }
        if (!isOpen(endpoint)) {
            throw new IllegalStateException("an endpoint on another machine needs https; where the network between is"
                    + " trusted, allowPlainHttp() or " + PLAIN_HTTP + "=true allows http");
        }
        LOG.warn(
                "requests to {} go without encryption, with the key if there is one: plain http was allowed",
                endpoint.authority());
    }

    @Nullable HttpProxy proxyTo(Endpoint endpoint) {
        if (proxy != null || noProxy) {
            return proxy;
        }
        return ProxyDiscovery.find(endpoint, environment == null ? Map.of() : environment, System::getProperty);
    }

    SslContext encryption() {
        tls.orElse(environmentTls);
        return tls.build();
    }
}
