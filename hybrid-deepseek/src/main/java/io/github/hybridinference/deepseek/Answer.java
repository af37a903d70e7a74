package io.github.hybridinference.deepseek;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What came back.
 *
 * @param status the HTTP status
 * @param headers finds a header by its name, in any case
 * @param body the body; empty if the status is not 2xx
 */
record Answer(int status, Function<String, @Nullable String> headers, Body body) {
    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length() + " bytes]";
    }
}
