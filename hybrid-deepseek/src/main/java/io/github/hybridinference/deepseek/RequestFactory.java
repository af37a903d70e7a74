package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ApiKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the requests to one endpoint. No header reveals the machine, the runtime or the environment. */
final class RequestFactory {
    private final String authority;
    private final boolean encrypted;
    private final String path;
    private final Map<String, String> headers;

    /**
     * Makes a factory.
     *
     * @param key null for an endpoint that needs none
     */
    RequestFactory(Endpoint endpoint, @Nullable ApiKey key) {
        authority = endpoint.authority();
        encrypted = endpoint.tls();
        path = endpoint.path();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("accept", "application/json");
        all.put("content-type", "application/json");
        all.put("user-agent", "hybrid-inference");
        if (key != null) {
            all.put("authorization", "Bearer " + key.reveal());
        }
        headers = Collections.unmodifiableMap(all);
    }

    /** The host that is asked, and its port if it is not the default one. */
    String authority() {
        return authority;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    Request completion(byte[] body) {
        return new Request("POST", path + "/chat/completions", headers, body);
    }

    /** A request that is free of charge. */
    Request modelList() {
        return new Request("GET", path + "/models", headers, new byte[0]);
    }
}
