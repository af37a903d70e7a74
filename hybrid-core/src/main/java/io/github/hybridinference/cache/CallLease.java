package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Lets one process of a fleet ask a question while the others wait for its answer in the shared cache.
 *
 * <p>Who gets the lease asks, remembers the answer and releases the lease; who does not looks into the cache and tries
 * again until his deadline. A lease ends by itself when its holder dies. Implementations fail open: when they cannot
 * tell, they grant the lease, and each process asks for itself. They are called by many threads at once, must be
 * thread-safe and must not block.
 */
@FunctionalInterface
public interface CallLease {
    /** The right to ask one question. */
    @FunctionalInterface
    interface Lease {
        /** Gives the right back, after whatever was put into the cache before by the same process can be seen. */
        void release();

        /**
         * Tells whether other processes wait for this one. If not, there is no answer of another's to look for.
         *
         * @return false if it was granted only because nobody could tell
         */
        default boolean isHeld() {
            return true;
        }

        /**
         * Returns the leave to ask when nobody can tell whether another process asks.
         *
         * @return a shared instance, not held
         */
        static Lease notHeld() {
            return NotHeld.INSTANCE;
        }
    }

    /**
     * Tries to become the one who asks.
     *
     * @param key the question
     * @param deadline by when the stage completes
     * @return completes with the lease, or empty if another process holds it; never exceptionally
     */
    CompletionStage<Optional<Lease>> tryAcquire(CacheKey key, Deadline deadline);

    /**
     * Returns the lease of a process on its own: always granted, at no cost.
     *
     * @return a shared instance
     */
    static CallLease alone() {
        return NoLease.INSTANCE;
    }
}
