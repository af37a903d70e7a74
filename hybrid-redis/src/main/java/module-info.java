/** Cache and budget that a fleet of engines shares through Redis. */
module io.github.hybridinference.redis {
    requires transitive io.github.hybridinference.core;
    requires io.github.resilience4j.circuitbreaker;
    requires org.apache.commons.pool2;
    requires org.slf4j;
    requires redis.clients.jedis;
    requires static transitive org.jspecify;

    exports io.github.hybridinference.redis;
}
