package io.github.hybridinference.testkit.standin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The simulated prefix cache: the first call with a system message is a miss, later ones hit for its whole blocks.
 *
 * <p>The real one also matches beginnings of the user's message and forgets after hours to days. Not thread-safe: it
 * is used on the event loop only.
 */
final class PrefixCache {

    /** The number of tokens in a unit of caching; a remainder that does not fill a unit is always a miss. */
    static final int BLOCK = 64;

    private static final int MAX_ENTRIES = 1_000;

    private final Map<String, Boolean> seen = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    /** The tokens of the system message that a call with it finds cached; remembers the message for the next call. */
    int hitTokens(String system, int systemTokens) {
        boolean known = seen.put(system, Boolean.TRUE) != null;
        return known ? systemTokens / BLOCK * BLOCK : 0;
    }
}
