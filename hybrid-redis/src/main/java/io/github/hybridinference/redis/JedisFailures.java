package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.io.StreamCorruptedException;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds the kind of a failure from what Jedis throws. The kind of an error reply is a word in capitals, which comes first in the
 * reply to a command and somewhere in the text of a script's error.
 */
final class JedisFailures {
    private static final Map<String, Kind> BY_WORD = Map.ofEntries(
            Map.entry("OOM ", Kind.OUT_OF_MEMORY),
            Map.entry("READONLY ", Kind.READ_ONLY),
            Map.entry("WRONGTYPE ", Kind.WRONG_TYPE),
            Map.entry(BudgetSheet.UNREADABLE, Kind.UNREADABLE_SHEET),
            Map.entry("NOPERM ", Kind.FORBIDDEN),
            Map.entry("WRONGPASS ", Kind.LOGIN),
            Map.entry("NOAUTH ", Kind.LOGIN),
            Map.entry("AUTH", Kind.LOGIN),
            Map.entry("invalid password", Kind.LOGIN),
            Map.entry("LOADING ", Kind.NOT_READY),
            Map.entry("MASTERDOWN ", Kind.NOT_READY),
            Map.entry("CLUSTERDOWN ", Kind.NOT_READY),
            Map.entry("TRYAGAIN ", Kind.NOT_READY),
            Map.entry("max number of clients", Kind.LOST));

    private JedisFailures() {}

    static RedisFailure translate(Throwable thrown) {
        return new RedisFailure(kindOf(thrown));
    }

    private static Kind kindOf(Throwable thrown) {
        Kind found = null;
        Throwable current = thrown;
        // the causes and, with a cluster, the failure of the last try; bounded in case the chain is circular
        for (int depth = 0; current != null && depth < 10; depth++) {
            Kind here = ofOne(current);
            found = here == null ? found : here;
            current = inner(current);
        }
        return found == null ? Kind.GARBAGE : found;
    }

    private static @Nullable Throwable inner(Throwable thrown) {
        Throwable[] suppressed = thrown.getSuppressed();
        return thrown.getCause() == null && suppressed.length > 0 ? suppressed[0] : thrown.getCause();
    }

    private static @Nullable Kind ofOne(Throwable thrown) {
        if (thrown instanceof RedisFailure known) {
            return known.kind();
        }
        if (thrown instanceof SocketTimeoutException) {
            return Kind.NO_ANSWER;
        }
        if (thrown instanceof StreamCorruptedException) {
            return Kind.GARBAGE;
        }
        if (thrown instanceof JedisDataException) {
            return ofReply(String.valueOf(thrown.getMessage()), thrown instanceof JedisAccessControlException);
        }
        if (thrown instanceof JedisClusterOperationException) {
            return Kind.NOT_READY;
        }
        if (thrown instanceof JedisConnectionException) {
            boolean unknownReply = String.valueOf(thrown.getMessage()).startsWith("Unknown reply");
            return unknownReply ? Kind.GARBAGE : Kind.LOST;
        }
        return thrown instanceof JedisException ? Kind.LOST : null;
    }

    private static Kind ofReply(String reply, boolean accessControl) {
        for (Map.Entry<String, Kind> word : BY_WORD.entrySet()) {
            if (reply.contains(word.getKey())) {
                return word.getValue();
            }
        }
        return accessControl ? Kind.LOGIN : Kind.REFUSED;
    }
}
