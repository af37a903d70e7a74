package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource({
        "localhost:8000, true, true",
        "[::1], true, true",
        "127.0.0.1.attacker.example, false, false",
        "attacker.example, false, false",
        "10.1.2.3:8000, false, true",
        "[2001:db8::1]:8000, false, true",
        "Trading.Example:443, true, true",
        "sub.trading.example, false, false",
        "10.1.2.3.4, false, false",
        "1010203040, false, false",
        "localhost:8000.attacker.example, false, false",
        "'  localhost ', true, true",
        "'', false, false",
    })
    void knowsTheNamesOfTheServiceOnLoopbackAndBeyond(String host, boolean onLoopback, boolean beyond) {
        assertThat(new AllowedHosts("127.0.0.1", true, Set.of("trading.example")).allows(host))
                .isEqualTo(onLoopback);
        assertThat(new AllowedHosts("0.0.0.0", false, Set.of("trading.example")).allows(host))
                .isEqualTo(beyond);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, true",
        "https://localhost:8000, true",
        "http://localhost:3000, false",
        "https://trading.example, true",
        "https://attacker.example, false",
        "null, false",
    })
    void letsItsOwnPagesAndThoseOfListedHostsAsk(String origin, boolean allowed) {
        AllowedHosts hosts = new AllowedHosts("127.0.0.1", true, Set.of("trading.example"));

        assertThat(hosts.allowsOrigin(origin, "localhost:8000")).isEqualTo(allowed);
    }

    @Test
    void isAskedByTheNameThatItListensOnInAnyCase() {
        AllowedHosts hosts = new AllowedHosts("Inference.Internal", false, Set.of());

        assertThat(hosts.allows("inference.internal:8000")).isTrue();
        assertThat(hosts.allows("INFERENCE.internal")).isTrue();
        assertThat(hosts.allows("other.internal")).isFalse();
        assertThat(hosts.allowsOrigin("https://inference.internal:8000", "INFERENCE.internal:8000"))
                .isTrue();
    }

    @Test
    void noPageAsksWithoutAHost() {
        AllowedHosts hosts = new AllowedHosts("127.0.0.1", true, Set.of());

        assertThat(hosts.allowsOrigin("http://localhost", null)).isFalse();
    }

    @Test
    void needsNeitherHeader() {
        AllowedHosts hosts = new AllowedHosts("127.0.0.1", true, Set.of());

        assertThat(hosts.allows(null)).isTrue();
        assertThat(hosts.allowsOrigin(null, "localhost")).isTrue();
    }
}
