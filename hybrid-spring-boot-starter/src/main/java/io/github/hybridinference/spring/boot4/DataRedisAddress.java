package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.HybridRedisConnectionDetails;
import io.github.hybridinference.spring.RedisUri;
import java.util.List;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Cluster;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Node;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Sentinel;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails.Standalone;

/**
 * The address that Spring Data Redis uses. Of an SSL bundle only that there is one is taken over: certificates are checked against
 * those that this Java runtime trusts.
 */
final class DataRedisAddress implements HybridRedisConnectionDetails {
    private final DataRedisConnectionDetails details;

    DataRedisAddress(DataRedisConnectionDetails details) {
        this.details = details;
    }

    @Override
    public String uri() {
        String user = details.getUsername();
        String password = details.getPassword();
        Sentinel sentinel = details.getSentinel();
        if (sentinel != null) {
            return RedisUri.sentinel(
                    details.getSslBundle() != null,
                    user,
                    password,
                    servers(sentinel.getNodes()),
                    sentinel.getDatabase(),
                    sentinel.getMaster());
        }
        Cluster cluster = details.getCluster();
        if (cluster != null) {
            return RedisUri.cluster(details.getSslBundle() != null, user, password, servers(cluster.getNodes()));
        }
        Standalone standalone = details.getStandalone();
        if (standalone == null) {
            throw new IllegalStateException("of this form of Redis no address is known: set hybrid.redis.uri");
        }
        return RedisUri.standalone(
                details.getSslBundle() != null,
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
