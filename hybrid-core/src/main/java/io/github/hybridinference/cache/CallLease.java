package io.github.hybridinference.cache;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Experimental;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Lets one process of a fleet send a request while the others wait for its answer in the shared cache.
 *
 * <p>The process that gets the lease calls the model, caches the answer and releases the lease; the others look into
 * the cache and try again until their deadline. A lease expires when its holder dies. Implementations fail open: when they
 * cannot find out, they grant the lease, and each process calls for itself. They are called by many threads at once, must be
 * thread-safe and must not block.
 *
 * @since 0.1.0
 */
@Experimental
@FunctionalInterface
public interface CallLease {
    /** The right to send one request. */
    @FunctionalInterface
    interface Lease {
        /** Gives the right back, once the answer that the same process has cached is visible to the others. */
        void release();

        /**
         * Tells whether other processes wait for this one. If not, there is no answer of another process to look for.
         *
         * @return false if it was granted only because the state of the lease is unknown
         */
        default boolean isHeld() {
            return true;
        }

        /**
         * Returns the lease that is granted when it is unknown whether another process holds one.
         *
         * @return a shared instance, not held
         */
        static Lease notHeld() {
            return NotHeld.INSTANCE;
        }
    }

    /**
     * Tries to become the process that sends the request.
     *
     * @param key identifies the request
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
