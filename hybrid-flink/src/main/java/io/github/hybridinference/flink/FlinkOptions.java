package io.github.hybridinference.flink;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a stream is asked about. Immutable.
 *
 * @since 0.1.0
 */
public final class FlinkOptions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration deadline;
    private final Duration margin;
    private final Duration keepEngine;
    private final int capacity;
    private final boolean ordered;

    private FlinkOptions(Builder from) {
        deadline = from.deadline == null ? Duration.ofSeconds(3) : from.deadline;
        margin = from.margin == null ? Duration.ofSeconds(2) : from.margin;
        keepEngine = from.keepEngine == null ? Duration.ofMinutes(1) : from.keepEngine;
        capacity = from.capacity == null ? 100 : from.capacity;
        ordered = from.ordered;
    }

    /**
     * Returns the defaults: a deadline of 3 s, 100 questions at once for each subtask, in the order of their answers.
     *
     * @return the options
     */
    public static FlinkOptions defaults() {
        return builder().build();
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Computes a capacity: as many questions as are open at once by Little's law, so that the stream is not held back, and no more than
     * the engine has calls for, so that a burst waits in Flink, where no deadline runs yet:
     *
     * <pre>min(⌈complexPerSecond × p99 / subtasks⌉, ⌊maxCallsInFlight / subtasks⌋), at least 1</pre>
     *
     * @param complexPerSecond complex scenarios in a second that are not in the cache, of all subtasks of a TaskManager; positive
     * @param p99 within which 99 of 100 answers of the model come; positive
     * @param maxCallsInFlight the engine's limit, 256 by default; positive
     * @param subtasks how many subtasks share the engine of a TaskManager, usually its slots; positive
     * @return questions at once for each subtask, at least 1
     * @throws IllegalArgumentException if a figure is not positive
     */
    public static int capacityFor(double complexPerSecond, Duration p99, int maxCallsInFlight, int subtasks) {
        require(
                complexPerSecond > 0
                        && complexPerSecond < Double.POSITIVE_INFINITY
                        && !p99.isNegative()
                        && !p99.isZero()
                        && maxCallsInFlight > 0
                        && subtasks > 0,
                "rate, p99, maxCallsInFlight and subtasks must be positive");
        double open = Math.ceil(complexPerSecond * p99.toNanos() / 1e9 / subtasks);
        return (int) Math.max(1, Math.min(open, Math.floorDiv(maxCallsInFlight, subtasks)));
    }

    Duration deadline() {
        return deadline;
    }

    /** Flink's own time-out, which only acts if the engine did not answer at its deadline. */
    long flinkTimeoutMs() {
        return deadline.plus(margin).toMillis();
    }

    Duration keepEngine() {
        return keepEngine;
    }

    int capacity() {
        return capacity;
    }

    boolean ordered() {
        return ordered;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * Assembles options. An option that was set is not set again. Not thread-safe.
     *
     * @since 0.1.0
     */
    public static final class Builder {
        private @Nullable Duration deadline;
        private @Nullable Duration margin;
        private @Nullable Duration keepEngine;
        private @Nullable Integer capacity;
        private boolean ordered;

        private Builder() {}

        /**
         * Sets within which time the engine answers a question; the default is 3 seconds. It begins when the question is put to the
         * engine, and anew when it is asked again after a restore.
         *
         * @param whole positive, at most an hour
         * @return this builder
         */
        public Builder deadline(Duration whole) {
            deadline = once(deadline, between(whole, Duration.ofMillis(1), "deadline"), "deadline");
            return this;
        }

        /**
         * Sets how long after the deadline Flink's own time-out acts; the default is 2 seconds. The engine answers at its deadline,
         * so that only an engine without a free thread for that long runs into it.
         *
         * @param more positive, at most an hour
         * @return this builder
         */
        public Builder margin(Duration more) {
            margin = once(margin, between(more, Duration.ofMillis(1), "margin"), "margin");
            return this;
        }

        /**
         * Sets how long an engine is kept after its last subtask has ended, for the job's restart; the default is a minute. Choose
         * more than the delay of the job's restart strategy.
         *
         * @param grace 0 or more, at most an hour
         * @return this builder
         */
        public Builder keepEngine(Duration grace) {
            keepEngine = once(keepEngine, between(grace, Duration.ZERO, "keepEngine"), "keepEngine");
            return this;
        }

        /**
         * Sets how many questions may be open at once in each subtask; beyond it Flink holds the stream back. The default is 100.
         *
         * @param questions positive; {@link FlinkOptions#capacityFor} computes it
         * @return this builder
         */
        public Builder capacity(int questions) {
            require(questions > 0, "capacity must be positive, but is " + questions);
            capacity = once(capacity, questions, "capacity");
            return this;
        }

        /**
         * Keeps the order of the stream: an answer waits for those before it. Without it answers come as they are there, but not across
         * watermarks.
         *
         * @return this builder
         */
        public Builder ordered() {
            if (ordered) {
                throw new IllegalStateException("ordered was already set");
            }
            ordered = true;
            return this;
        }

        /**
         * Makes the options.
         *
         * @return immutable
         */
        public FlinkOptions build() {
            return new FlinkOptions(this);
        }

        private static Duration between(Duration given, Duration shortest, String name) {
            Objects.requireNonNull(given, name);
            require(
                    given.compareTo(shortest) >= 0 && given.compareTo(LONGEST) <= 0,
                    name + " must be " + shortest + " to an hour, but is " + given);
            return given;
        }

        private static <T> T once(@Nullable T before, T now, String name) {
            if (before != null) {
                throw new IllegalStateException(name + " was already set");
            }
            return now;
        }
    }
}
