package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CallLease;
import java.util.List;
import java.util.UUID;

/**
 * The lease for one request: a key in Redis that holds a random token until the lease is released or expires.
 *
 * <p>Releasing deletes the key only if it still holds this token: the lease may have expired, and another engine may hold it.
 */
final class HeldLease implements CallLease.Lease {
    /**
     * When the script is run again after its reply was lost, it finds its own token and grants the lease again. Any other
     * value under the key, of any type, is given the time of a lease to expire, so that it cannot block the request for ever.
     */
    private static final byte[] ACQUIRE = RedisKeys.bytes("""
            if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
            if redis.pcall('GET', KEYS[1]) == ARGV[1] then return 1 end
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 or left > tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 0""");

    private static final byte[] RELEASE = RedisKeys.bytes("""
            if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0""");

    private static final Long GRANTED = 1L;

    private final byte[] key;
    private final byte[] token =
            RedisKeys.bytes(RedisKeys.FORMAT + UUID.randomUUID().toString());
    private final WriteBehind writes;
    private volatile boolean held;

    HeldLease(byte[] key, WriteBehind writes) {
        this.key = key;
        this.writes = writes;
    }

    boolean acquire(RedisPort port, long lengthMs) {
        held = GRANTED.equals(port.run(ACQUIRE, List.of(key), token, RedisKeys.bytes(Long.toString(lengthMs))));
        return held;
    }

    /** False when Redis did not answer in time. It may have granted the lease all the same, or do so later. */
    @Override
    public boolean isHeld() {
        return held;
    }

    /**
     * Queued behind the write of the answer, so that the next holder finds the answer. Kept while Redis is away: a Redis that
     * was paused executes the commands it had received, and may grant the lease after its holder has stopped waiting for it.
     */
    @Override
    public void release() {
        writes.addOrKeep(port -> port.run(RELEASE, List.of(key), token));
    }
}
