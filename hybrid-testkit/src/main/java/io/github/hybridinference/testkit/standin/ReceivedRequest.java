package io.github.hybridinference.testkit.standin;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A request copied out of Netty's buffers, so that nothing has to be released later.
 *
 * @param headers by name in lower case
 */
record ReceivedRequest(String method, String path, Map<String, String> headers, String body, boolean keepAlive) {

    static ReceivedRequest of(FullHttpRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        String uri = request.uri();
        int query = uri.indexOf('?');
        return new ReceivedRequest(
                request.method().name(),
                query < 0 ? uri : uri.substring(0, query),
                headers,
                request.content().toString(StandardCharsets.UTF_8),
                HttpUtil.isKeepAlive(request));
    }

    /** The method and the path, without the version that OpenAI's clients may put in front. */
    String endpoint() {
        return method + " " + (path.startsWith("/v1/") ? path.substring(3) : path);
    }

    boolean hasToken() {
        // The header codec trims values, so what begins like this goes on.
        return headers.getOrDefault("authorization", "").startsWith("Bearer ");
    }
}
