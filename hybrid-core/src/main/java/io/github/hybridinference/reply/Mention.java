package io.github.hybridinference.reply;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.reply.SpokenNames.SpokenName;
import org.jspecify.annotations.Nullable;

/**
 * A place where a text names a feature: by the name it was sent under, or as people say it, with or without a period.
 *
 * @param start where the name begins
 * @param sentIndex which of the features sent is named exactly, or -1
 * @param spoken what else is said, or null if {@code sentIndex} says it
 * @param period the number of bars said, or 0
 */
record Mention(int start, int sentIndex, @Nullable SpokenName spoken, int period) {
    /** Tells whether one of the features sent can be meant. */
    boolean covers(Feature feature, int index) {
        if (spoken == null) {
            return index == sentIndex;
        }
        return spoken.canMean(feature.family()) && (period == 0 || period == feature.period());
    }

    /** The one that begins earlier; the first if they begin together. */
    static @Nullable Mention longer(@Nullable Mention one, @Nullable Mention other) {
        return one == null || (other != null && other.start < one.start) ? other : one;
    }
}
