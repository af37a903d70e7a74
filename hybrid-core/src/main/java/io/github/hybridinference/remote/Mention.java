package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.SpokenNames.SpokenName;
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
    /** Finds the longest name that ends at {@code end}: what looks like RSI may be the end of "stochastic RSI". */
    static @Nullable Mention endingAt(String text, int end, AnonymizedSnapshot sent) {
        if (end == 0) {
            return null;
        }
        Mention best = exactly(text, end, sent);
        best = longer(best, spoken(text, end, 0));
        Parameters parameters = Parameters.endingAt(text, end);
        return parameters == null ? best : longer(best, spoken(text, parameters.start(), parameters.period()));
    }

    /** Tells whether one of the features sent can be meant. */
    boolean covers(Feature feature, int index) {
        if (spoken == null) {
            return index == sentIndex;
        }
        return spoken.families().contains(feature.family()) && (period == 0 || period == feature.period());
    }

    private static @Nullable Mention exactly(String text, int end, AnonymizedSnapshot sent) {
        Mention best = null;
        for (int i = 0; i < sent.size(); i++) {
            int start = SpokenNames.startOf(sent.feature(i).name(), text, end);
            if (start >= 0 && (best == null || start < best.start)) {
                best = new Mention(start, i, null, 0);
            }
        }
        return best;
    }

    private static @Nullable Mention spoken(String text, int end, int period) {
        SpokenName name = SpokenNames.find(text, end);
        return name == null ? null : new Mention(SpokenNames.startOf(name.words(), text, end), -1, name, period);
    }

    private static @Nullable Mention longer(@Nullable Mention one, @Nullable Mention other) {
        return one == null || (other != null && other.start < one.start) ? other : one;
    }
}
