package io.github.hybridinference.redis;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Finds out whether the Jedis that the application brings has what is used here. The version is often set by the BOM of a
 * framework, and one that does not fit would else look like a Redis that is away.
 */
final class JedisRehearsal {
    /** The reply to HELLO, and more than there are commands, since another Jedis may send further ones while connecting. */
    private static final String REPLIES = "*2\r\n$5\r\nproto\r\n:2\r\n" + "+OK\r\n".repeat(20);

    private JedisRehearsal() {}

    /**
     * Makes each kind of call once, over sockets that answer by themselves.
     *
     * @throws LinkageError if this Jedis lacks something
     */
    static void run(RedisAddress address) {
        try {
            rehearse(address);
        } catch (RedisFailure otherReplyExpected) {
            // by a Jedis that connects in another way; what it called so far is there
        }
    }

    /** Likewise, and fails if not all calls could be made. */
    static void rehearse(RedisAddress address) {
        IoLimit.begin(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(1));
        JedisClients clients = new JedisClients(address, 1, TimeUnit.SECONDS.toNanos(1), Optional.empty());
        try (JedisPort port = new JedisPort(address, () -> clients.rehearse(Echo::new))) {
            byte[] key = {0};
            port.read(key, 1);
            port.write(key, key, 1);
            port.run(key, List.of(key));
            rehearseReadAll(port, key);
        }
        JedisFailures.translate(new JedisException("")); // looks for each of the exceptions that it knows
    }

    private static void rehearseReadAll(JedisPort port, byte[] key) {
        try {
            port.readAll(List.of(key));
        } catch (RedisFailure expected) {
            // the reply is no list
        }
    }

    /** Is connected to nothing, and has the same reply to everything. */
    private static final class Echo extends Socket {

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream(REPLIES.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public boolean isBound() {
            return true;
        }

        @Override
        public boolean isConnected() {
            return true;
        }
    }
}
