package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import org.jspecify.annotations.Nullable;

/** The names under which the figures of one snapshot were sent. */
final class SentNames {
    private final AnonymizedSnapshot sent;

    /** A bit for each character that a name ends with, modulo 64: most words of a text end otherwise. */
    private final long lastCharacters;

    SentNames(AnonymizedSnapshot sent) {
        this.sent = sent;
        long bits = 0;
        for (int i = 0; i < sent.size(); i++) {
            String name = sent.feature(i).name();
            bits |= 1L << name.charAt(name.length() - 1);
        }
        lastCharacters = bits;
    }

    /** Finds the longest name that ends at {@code end}, which is not 0. */
    @Nullable Mention endingAt(String text, int end) {
        Mention longest = null;
        char last = Spelling.lowerCase(text.charAt(end - 1));
        if ((lastCharacters >>> last & 1) != 0) {
            for (int i = 0; i < sent.size(); i++) {
                int start = Spelling.startOf(sent.feature(i).name(), text, end);
                longest = Mention.longer(longest, start < 0 ? null : new Mention(start, i, null, 0));
            }
        }
        return longest;
    }
}
