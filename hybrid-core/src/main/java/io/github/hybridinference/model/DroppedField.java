package io.github.hybridinference.model;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A field that a caller handed in and that was not taken as it stands: for the eyes of its owner. Its name stays in the
 * process: it is never logged, never sent and not in {@code toString}. Its value is not kept. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class DroppedField {
    /** Longer names are cut. */
    static final int MAX_NAME = 64;

    // All fields are transient: libraries that write objects field by field find nothing.

    private final transient String name;
    private final transient DropCause cause;
    private final transient @Nullable Feature meant;

    DroppedField(@Nullable String name, DropCause cause, @Nullable Feature meant) {
        String text = Objects.requireNonNullElse(name, "");
        this.name = text.length() > MAX_NAME ? text.substring(0, MAX_NAME) : text;
        this.cause = cause;
        this.meant = meant;
    }

    /**
     * Returns the name as the caller wrote it. Do not log it: it may be a caller's secret.
     *
     * @return at most {@value #MAX_NAME} characters; empty if the name was no text
     */
    public String name() {
        return name;
    }

    /**
     * Returns why it was dropped.
     *
     * @return the cause
     */
    public DropCause cause() {
        return cause;
    }

    /**
     * Returns the nearest feature of the catalogue: the one the name means or may mean, or else one of a similar name.
     * Searched for at each call.
     *
     * @return empty if no name of the catalogue is similar
     */
    public Optional<Feature> nearest() {
        return Optional.ofNullable(meant == null ? NearestName.of(name) : meant);
    }

    /** The cause only: logging a dropped field reveals nothing of a caller's data. */
    @Override
    public String toString() {
        return "DroppedField[" + cause + "]";
    }
}
