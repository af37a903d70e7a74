package io.github.hybridinference.eval.context;

import io.github.hybridinference.model.Feature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of a fetch: figures, or why there are none.
 *
 * @param figures rounded and in range; empty if there are none
 * @param cause null if the source answered
 */
record FetchResult(Map<Feature, Double> figures, @Nullable Absence cause) {
    static FetchResult nothing(Absence cause) {
        return new FetchResult(Map.of(), cause);
    }
}
