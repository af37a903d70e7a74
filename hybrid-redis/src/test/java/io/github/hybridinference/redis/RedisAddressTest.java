package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.hybridinference.redis.RedisAddress.Form;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

final class RedisAddressTest {
    @Test
    void readsAPlainAddress() {
        assertThat(RedisAddress.parse("redis://cache.example"))
                .isEqualTo(new RedisAddress(
                        Form.STANDALONE,
                        false,
                        Set.of(new HostAndPort("cache.example", 6379)),
                        Optional.empty(),
                        Optional.empty(),
                        0,
                        ""));
    }

    @Test
    void readsUserPasswordPortDatabaseAndTls() {
        RedisAddress address = RedisAddress.parse("rediss://fleet:p%40ss+w%C3%B6rd%2F@10.0.0.7:7000/3");

        assertThat(address.tls()).isTrue();
        assertThat(address.user()).contains("fleet");
        assertThat(address.password()).contains("p@ss+wörd/");
        assertThat(address.servers()).containsExactly(new HostAndPort("10.0.0.7", 7000));
        assertThat(address.database()).isEqualTo(3);
    }

    @Test
    void readsAPasswordOfTheDefaultUser() {
        RedisAddress address = RedisAddress.parse("redis://:secret@localhost:6379");

        assertThat(address.user()).isEmpty();
        assertThat(address.password()).contains("secret");
    }

    @Test
    void readsAnAddressOfVersionSix() {
        assertThat(RedisAddress.parse("redis://[::1]:7000/").servers()).containsExactly(new HostAndPort("::1", 7000));
        assertThat(RedisAddress.parse("redis://[fe80::1]").servers()).containsExactly(new HostAndPort("fe80::1", 6379));
    }

    @Test
    void readsSentinels() {
        RedisAddress address = RedisAddress.parse("redis-sentinel://:pw@one,two:26380/2#mymaster");

        assertThat(address.form()).isEqualTo(Form.SENTINEL);
        assertThat(address.servers())
                .containsExactlyInAnyOrder(new HostAndPort("one", 26379), new HostAndPort("two", 26380));
        assertThat(address.master()).isEqualTo("mymaster");
        assertThat(address.database()).isEqualTo(2);
    }

    @Test
    void readsACluster() {
        RedisAddress address = RedisAddress.parse("rediss-cluster://one:1,two:2");

        assertThat(address.form()).isEqualTo(Form.CLUSTER);
        assertThat(address.tls()).isTrue();
        assertThat(address.servers()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "http://s3cret",
                "redis://",
                "redis://s3cret@host",
                "redis://:s3cret%4@host",
                "redis://:s3cret%zz@host",
                "redis://:s3cret@host:65536",
                "redis://:s3cret@host:0",
                "redis://:s3cret@host:port",
                "redis://:s3cret@host/db",
                "redis://:s3cret@host?timeout=1",
                "redis://:s3@cret@host",
                "redis://:s3cret@one,two",
                "redis://:s3cret@one#master",
                "redis-sentinel://:s3cret@one,two",
                "redis-cluster://:s3cret@one/1",
                "redis-cluster://:s3cret@one,",
                "redis-unknown://:s3cret@one"
            })
    void refusesOthersWithoutRepeatingThem(String malformed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.parse(malformed))
                .withMessageNotContaining("s3cret")
                .withNoCause();
    }

    @Test
    void keepsSecretsToItself() {
        assertThat(RedisAddress.parse("redis://user:s3cret@host")).hasToString("RedisAddress[STANDALONE]");
    }
}
