package io.github.hybridinference.redis;

import java.util.List;

/**
 * What is needed of Redis. Calls block the calling thread, for no longer than {@link IoLimit} allows it, and throw
 * {@link RedisFailure} and nothing else.
 */
interface RedisPort extends AutoCloseable {
    /**
     * Reads the first bytes of a string value, so that a huge one does no harm.
     *
     * @return at most {@code maxBytes}; none if there is no value
     */
    byte[] read(byte[] key, int maxBytes);

    /** Writes a string value that ends by itself. */
    void write(byte[] key, byte[] value, long ttlMs);

    /** Runs a script, which must do no harm when it is run twice; in a cluster all keys must be in one slot. */
    Object run(byte[] script, List<byte[]> keys, byte[]... arguments);

    /** Drops all connections and whatever is known of the servers, to begin anew with the next call. */
    void reset();

    @Override
    void close();
}
