package io.github.hybridinference.eval.context;

import com.fasterxml.jackson.core.JsonPointer;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.ApiKey;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Configures a source of JSON over HTTP. Each mistake is refused at the call that makes it. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class JsonContextSourceBuilder {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final int USUAL_BYTES = 1 << 20;

    private final String name;
    private final Function<ContextQuery, URI> address;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Feature, JsonMapping.Place> places = new LinkedHashMap<>();
    private final SetOnce set = new SetOnce();
    private int maxBytes = USUAL_BYTES;

    JsonContextSourceBuilder(String name, Function<ContextQuery, URI> address) {
        this.name = Objects.requireNonNull(name, "name");
        this.address = Objects.requireNonNull(address, "address");
    }

    /**
     * Declares where a figure is found.
     *
     * @param pointer a JSON pointer (RFC 6901), for example {@code /data/0/value}
     * @param feature the figure
     * @return this builder
     * @throws IllegalArgumentException if the pointer is invalid, or the figure was mapped already
     */
    public JsonContextSourceBuilder map(String pointer, Feature feature) {
        return map(pointer, feature, 1);
    }

    /**
     * Declares where a figure in another unit is found.
     *
     * @param pointer a JSON pointer (RFC 6901), for example {@code /data/0/value}
     * @param feature the figure
     * @param factor what the value is multiplied by, for example 100 to convert a fraction to percent
     * @return this builder
     * @throws IllegalArgumentException if the pointer is invalid, the figure was mapped already, or the factor is not
     *     finite or 0
     */
    public JsonContextSourceBuilder map(String pointer, Feature feature, double factor) {
        if (factor == 0 || !Double.isFinite(factor)) {
            throw new IllegalArgumentException("factor must be finite and not 0");
        }
        if (places.containsKey(feature)) {
            throw new IllegalArgumentException("the figure was mapped already");
        }
        places.put(feature, new JsonMapping.Place(compiled(pointer), factor));
        return this;
    }

    /**
     * Sends a header with a credential.
     *
     * @param header its name
     * @param secret its value, which appears in no message
     * @return this builder
     * @throws IllegalArgumentException if the name or value is not valid in a header
     * @throws IllegalStateException if a header of that name was already set
     */
    public JsonContextSourceBuilder header(String header, ApiKey secret) {
        try {
            var unused = HttpRequest.newBuilder().header(header, secret.reveal());
        } catch (IllegalArgumentException echoesWhatItWasGiven) {
            throw new IllegalArgumentException("the name or value is not valid in a header");
        }
        if (headers.putIfAbsent(header, secret.reveal()) != null) {
            throw new IllegalStateException("header was already set for that name");
        }
        return this;
    }

    /**
     * Sets the size limit of a document; the default is 1 MiB.
     *
     * @param bytes positive
     * @return this builder
     * @throws IllegalStateException if it was already set
     */
    public JsonContextSourceBuilder maxBytes(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("maxBytes must be positive");
        }
        set.mark("maxBytes");
        maxBytes = bytes;
        return this;
    }

    /**
     * Builds the source.
     *
     * @return a new source
     * @throws IllegalStateException if no figure was mapped
     */
    public JsonContextSource build() {
        if (places.isEmpty()) {
            throw new IllegalStateException("a source needs at least one figure: call map");
        }
        return new JsonContextSource(name, address, Map.copyOf(headers), new JsonMapping(places), maxBytes);
    }

    private static JsonPointer compiled(String pointer) {
        try {
            return JsonPointer.compile(pointer);
        } catch (IllegalArgumentException echoesWhatItWasGiven) {
            throw new IllegalArgumentException("a JSON pointer must be empty or begin with a slash");
        }
    }

    static void requireSafe(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && THIS_MACHINE.contains(host))) {
            throw new IllegalArgumentException("the address must be https, or http on this machine");
        }
    }
}
