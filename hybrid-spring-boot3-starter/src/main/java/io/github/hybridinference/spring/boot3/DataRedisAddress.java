package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.HybridRedisConnectionDetails;
import io.github.hybridinference.spring.RedisUri;
import java.util.List;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Cluster;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Node;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Sentinel;
import org.springframework.boot.autoconfigure.data.redis.RedisConnectionDetails.Standalone;

/**
 * The address that Spring Data Redis uses. Of an SSL bundle only that there is one is taken over: certificates are checked against
 * those that this Java runtime trusts.
 */
final class DataRedisAddress implements HybridRedisConnectionDetails {
    private final RedisConnectionDetails details;

    DataRedisAddress(RedisConnectionDetails details) {
        this.details = details;
    }

    @Override
    public String uri() {
        String user = details.getUsername();
        String password = details.getPassword();
        Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return RedisUri.sentinel(
                    sentinel.getSslBundle() != null,
                    user,
                    password,
                    servers(sentinel.getNodes()),
                    sentinel.getDatabase(),
                    sentinel.getMaster());
        }
        Cluster cluster = details.getCluster();
        if (cluster != null) {
            return RedisUri.cluster(cluster.getSslBundle() != null, user, password, servers(cluster.getNodes()));
        }
        Standalone standalone = details.getStandalone();
        if (standalone == null) {
            throw new IllegalStateException("of this form of Redis no address is known: set hybrid.redis.uri");
        }
        return RedisUri.standalone(
                standalone.getSslBundle() != null,
                user,
                password,
                RedisUri.server(standalone.getHost(), standalone.getPort()),
                standalone.getDatabase());
    }

    private static List<String> servers(List<Node> nodes) {
        return nodes.stream()
                .map(node -> RedisUri.server(node.host(), node.port()))
                .toList();
    }
}
