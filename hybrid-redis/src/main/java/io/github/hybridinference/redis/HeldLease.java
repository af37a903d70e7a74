package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CallLease;
import java.util.List;
import java.util.UUID;

/**
 * The right to ask one question, held in Redis under a token of its own until it is given back or its time is over.
 *
 * <p>Whoever gives it back deletes the key only if it still holds this token: by then it may be another's.
 */
final class HeldLease implements CallLease.Lease {
    /**
     * The second run of the same attempt, after a lost reply, finds its own token and is granted too. Whatever else is
     * found, of any type, stands in the way for no longer than a lease does.
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

    /** Not when Redis has not said so in time; by now or later it may, so it is given back all the same. */
    @Override
    public boolean isHeld() {
        return held;
    }

    /**
     * Behind the answer, in the same queue: whoever gets the right next finds the answer. And later rather than not at all:
     * a Redis that was paused does what it was asked to when it goes on, and grants what nobody waits for any more.
     */
    @Override
    public void release() {
        writes.addOrKeep(port -> port.run(RELEASE, List.of(key), token));
    }
}
