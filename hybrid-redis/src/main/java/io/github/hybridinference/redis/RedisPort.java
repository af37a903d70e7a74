package io.github.hybridinference.redis;

import java.util.List;

/**
 * The operations of Redis that are used here. Calls block the calling thread, for no longer than {@link IoLimit} allows, and throw
 * nothing but {@link RedisFailure}.
 */
interface RedisPort extends AutoCloseable {
    /**
     * Reads the first bytes of a string value, so that a huge one does no harm.
     *
     * @return at most {@code maxBytes}; none if there is no value
     */
    byte[] read(byte[] key, int maxBytes);

    /**
     * Reads the string values of many keys by one MGET; in a cluster by one for each slot, sent together.
     *
     * @return one for each key, in their order; empty where there is no value, or one of another type
     * @throws RedisFailure of kind {@code GARBAGE} also if one of the values is longer than any that is written here
     */
    List<byte[]> readAll(List<byte[]> keys);

    /** Writes a string value that expires. */
    void write(byte[] key, byte[] value, long ttlMs);

    /** Runs a script, which must do no harm when it is run twice; in a cluster all keys must be in one slot. */
    Object run(byte[] script, List<byte[]> keys, byte[]... arguments);

    /** Closes all connections and forgets the servers found, so that the next call connects and looks for them again. */
    void reset();

    @Override
    void close();
}
