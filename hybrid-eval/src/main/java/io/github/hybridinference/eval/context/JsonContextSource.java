package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * A source that reads figures from a JSON document fetched over HTTP, by a declared mapping.
 *
 * <pre>{@code
 * ContextSource fearAndGreed = JsonContextSource.get("fear_greed", URI.create("https://api.example.com/fng/"))
 *         .map("/data/0/value", Feature.FEAR_GREED_INDEX)
 *         .build();
 * ContextSource funding = JsonContextSource.get("funding", query ->
 *                 URI.create("https://api.example.com/premium?symbol=" + query.symbol().replace("-", "")))
 *         .map("/lastFundingRate", Feature.FUNDING_RATE_PCT, 100) // the service returns a fraction
 *         .build();
 * }</pre>
 *
 * <p>A value is a number, or a string that holds a decimal number, as many services write it; anything else is absent.
 * Only status 200 counts, redirects are not followed, the document is limited to 1 MiB by default, and the deadline
 * covers everything from connecting to the last byte. Addresses are {@code https}, or {@code http} on this machine.
 * Error messages of the service or the HTTP client are not passed on, since they may repeat an address or a key.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonContextSource implements ContextSource {
    private static final int OK = 200;

    private final String name;
    private final Function<ContextQuery, URI> addresses;
    private final Map<String, String> headers;
    private final JsonMapping mapping;
    private final int maxBytes;
    private final HttpClient client;

    JsonContextSource(
            String name,
            Function<ContextQuery, URI> addresses,
            Map<String, String> headers,
            JsonMapping mapping,
            int maxBytes) {
        this.name = name;
        this.addresses = addresses;
        this.headers = headers;
        this.mapping = mapping;
        this.maxBytes = maxBytes;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Starts configuring a source with one address for all symbols.
     *
     * @param name for statistics and logs
     * @param address the address of the document
     * @return a builder without a mapping
     * @throws IllegalArgumentException if the address is neither https nor on this machine
     */
    public static JsonContextSourceBuilder get(String name, URI address) {
        JsonContextSourceBuilder.requireSafe(address);
        return get(name, query -> address);
    }

    /**
     * Starts configuring a source whose address depends on the query. Queries with the same address share a document.
     *
     * @param name for statistics and logs
     * @param address returns the address of the document; one that is neither https nor on this machine fails the fetch
     * @return a builder without a mapping
     */
    public static JsonContextSourceBuilder get(String name, Function<ContextQuery, URI> address) {
        return new JsonContextSourceBuilder(name, address);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Feature> features() {
        return mapping.features();
    }

    @Override
    public Object cacheKey(ContextQuery query) {
        return addresses.apply(query);
    }

    @Override
    public CompletableFuture<Map<Feature, Double>> fetch(ContextQuery query, Deadline deadline) {
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client.sendAsync(
                    request(query), head -> new BoundedBodySubscriber(head.statusCode() == OK ? maxBytes : 0));
        } catch (RuntimeException echoesTheAddress) {
            return CompletableFuture.failedFuture(new ContextFailure("the request could not be made"));
        }
        CompletableFuture<Map<Feature, Double>> figures = new CompletableFuture<>();
        var unused = exchange.whenComplete((response, thrown) -> {
            if (response == null) {
                figures.completeExceptionally(new ContextFailure("the exchange broke off"));
            } else {
                complete(figures, response);
            }
        });
        var unusedToo = figures.orTimeout(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)
                .whenComplete((done, thrown) -> {
                    if (thrown != null) {
                        exchange.cancel(true); // closes the connection, however much is still to come
                    }
                });
        return figures;
    }

    private HttpRequest request(ContextQuery query) {
        URI address = addresses.apply(query);
        JsonContextSourceBuilder.requireSafe(address);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Accept", "application/json");
        headers.forEach(request::header);
        return request.GET().build();
    }

    private void complete(CompletableFuture<Map<Feature, Double>> figures, HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            figures.completeExceptionally(new ContextFailure("status " + response.statusCode()));
            return;
        }
        try {
            figures.complete(mapping.read(response.body()));
        } catch (ContextFailure unreadable) {
            figures.completeExceptionally(unreadable);
        }
    }

    /** The name; never the address, which may hold a key. */
    @Override
    public String toString() {
        return "JsonContextSource[" + name + "]";
    }
}
