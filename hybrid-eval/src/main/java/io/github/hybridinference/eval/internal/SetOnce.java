package io.github.hybridinference.eval.internal;

import java.util.HashSet;
import java.util.Set;

/**
 * Remembers which options of a builder were set, and refuses to set one again. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class SetOnce {
    private final Set<String> names = new HashSet<>();

    /** Starts with no option set. */
    public SetOnce() {}

    /**
     * Marks an option as set. To be called once the value has been checked, so that a refused value can be corrected.
     *
     * @param option the name of the setter
     * @throws IllegalStateException if it was set before
     */
    public void mark(String option) {
        if (!names.add(option)) {
            throw new IllegalStateException(option + " was already set");
        }
    }
}
