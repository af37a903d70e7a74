package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CallLease;
import java.util.List;

/**
 * The lease for one request: a key in Redis that holds a random token until the lease is released or expires.
 *
 * <p>Releasing deletes the key only if it still holds this token: the lease may have expired, and another engine may hold it.
 */
final class HeldLease implements CallLease.Lease {
    /**
     * When the script is run again after its reply was lost, it finds its own token and grants the lease again. Any other
     * value under the key, of any type, is given the time of a lease to expire, so that it cannot block the request for ever,
     * and its first bytes are returned. If the caller has found such a value to be no lease, it names it as the third argument,
     * and takes its place.
     */
    private static final byte[] ACQUIRE = RedisKeys.bytes("""
            if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
            local held = redis.pcall('GETRANGE', KEYS[1], 0, 255)
            if type(held) ~= 'string' then held = '' end
            if held == ARGV[1] then return 1 end
            if held == ARGV[3] then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              return 1
            end
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 or left > tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return held""");

    private static final byte[] RELEASE = RedisKeys.bytes("""
            if redis.pcall('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0""");

    private static final Long GRANTED = 1L;

    private final byte[] key;
    private final byte[] token;
    private final LeaseTokens tokens;
    private final WriteBehind writes;
    private volatile boolean held;

    HeldLease(byte[] key, LeaseTokens tokens, WriteBehind writes) {
        this.key = key;
        this.token = tokens.next(key);
        this.tokens = tokens;
        this.writes = writes;
    }

    /**
     * Returns whether it is granted. A value that is no lease of the fleet's is replaced. If another such value is there by
     * then, the lease is granted and not held.
     */
    boolean acquire(RedisPort port, long lengthMs) {
        byte[] length = RedisKeys.bytes(Long.toString(lengthMs));
        Object reply = port.run(ACQUIRE, List.of(key), token, length);
        if (reply instanceof byte[] value && !tokens.isLease(key, value)) {
            reply = port.run(ACQUIRE, List.of(key), token, length, value);
        }
        held = GRANTED.equals(reply);
        return held || (reply instanceof byte[] value && !tokens.isLease(key, value));
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
