package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ApiKey;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the requests to one endpoint. No header but the owner's reveals the machine, the runtime or the environment. */
final class RequestFactory {
    private final String authority;
    private final boolean encrypted;
    private final String completions;
    private final String models;
    private final Map<String, String> headers;
    private final String keyHeader;
    private final String keyPrefix;

    RequestFactory(Endpoint endpoint, RequestAdditions additions) {
        authority = endpoint.authority();
        encrypted = endpoint.tls();
        completions = endpoint.path() + additions.path() + additions.queryString();
        models = endpoint.path() + "/models" + additions.queryString();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("accept", "application/json");
        all.put("content-type", "application/json");
        all.put("user-agent", "hybrid-inference");
        all.putAll(additions.headers());
        headers = Collections.unmodifiableMap(all);
        String owners = additions.keyHeader();
        keyHeader = owners == null ? "authorization" : owners;
        keyPrefix = owners == null ? "Bearer " : "";
    }

    /** The host that is asked, and its port if it is not the default one. */
    String authority() {
        return authority;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /**
     * Makes a request for a completion.
     *
     * @param key null for an endpoint that needs none
     */
    Request completion(byte[] body, @Nullable ApiKey key) {
        return new Request("POST", completions, with(key), body);
    }

    /** A request that is free of charge. */
    Request modelList(@Nullable ApiKey key) {
        return new Request("GET", models, with(key), new byte[0]);
    }

    private Map<String, String> with(@Nullable ApiKey key) {
        if (key == null) {
            return headers;
        }
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(keyHeader, keyPrefix + key.reveal());
        return all;
    }
}
