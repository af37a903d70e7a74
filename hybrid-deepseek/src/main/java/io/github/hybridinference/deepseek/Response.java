package io.github.hybridinference.deepseek;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param status the HTTP status
 * @param headers returns a header by its name in any case, or null
 * @param body the body; empty if the status is neither 2xx nor 400
 */
record Response(int status, Function<String, @Nullable String> headers, Body body) {
    @Override
    public String toString() {
        return "Response[" + status + ", " + body.length() + " bytes]";
    }
}
