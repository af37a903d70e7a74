package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyDiscoveryTest {
    private static final String PROXY = "http://alice:secret@proxy.example:3128";

    @Test
    void theEnvironmentGoesBeforeTheJvmAndLowerCaseBeforeUpperCase() {
        Map<String, String> jvm = Map.of("https.proxyHost", "jvm.example", "https.proxyPort", "8080");

        assertThat(host("https://a.example", Map.of("HTTPS_PROXY", PROXY), jvm)).isEqualTo("proxy.example:3128");
        assertThat(host("https://a.example", Map.of("HTTPS_PROXY", PROXY, "https_proxy", "low.example"), jvm))
                .isEqualTo("low.example:80");
        assertThat(host("https://a.example", Map.of("HTTPS_PROXY", " "), jvm)).isEqualTo("jvm.example:8080");
        assertThat(host("https://a.example", Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", "a.example"), jvm))
                .isEqualTo("none");
        assertThat(host("https://a.example", Map.of(), Map.of("https.proxyHost", "jvm.example")))
                .isEqualTo("jvm.example:443");
        assertThat(host("https://a.example", Map.of(), Map.of())).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://localhost:8443", "https://127.0.0.1", "https://[::1]", "http://ollama:11434"})
    void leavesThisMachineAndPlainHttpAlone(String url) {
        Map<String, String> jvm = Map.of("https.proxyHost", "jvm.example");

        assertThat(host(url, Map.of("HTTPS_PROXY", PROXY), jvm)).isEqualTo("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.example; a.example; true",
                "a.example; A.EXAMPLE.; true",
                "a.example; .a.example; true",
                "b.a.example; a.example; true",
                "b.a.example; .a.example; true",
                "b.a.example; *.a.example; true",
                "ba.example; a.example; false",
                "a.example; b.a.example; false",
                "a.example; *; true",
                "a.example; x.example , a.example; true",
                "a.example; x.example a.example; true",
                "a.example; a.example:443; true",
                "a.example; a.example:8443; false",
                "a.example; *:443; true",
                "a.example; ,; false",
                "a.example; .; false",
                "10.1.2.3; 10.1.2.3; true",
                "10.1.2.3; 2.3; false",
                "10.1.2.3; 10.0.0.0/8; true",
                "11.1.2.3; 10.0.0.0/8; false",
                "10.1.2.3; 10.1.2.0/31; false",
                "10.1.2.3; 0.0.0.0/0; true",
                "10.1.2.3; 10.1.2.3/99; false",
                "[fd00::12]; fd00::/8; true",
                "[fd00::12]; [fd00::12]; true",
                "[fd00::12]; [fd00:0::12]:443; true",
                "[fd00::12]; [fd00::12]:444; false",
                "a.example; 10.0.0.0/8; false"
            })
    void readsTheListOfExceptionsAsCurlDoes(String host, String list, boolean direct) {
        assertThat(host("https://" + host, Map.of("HTTPS_PROXY", PROXY, "NO_PROXY", list), Map.of())
                        .equals("none"))
                .isEqualTo(direct);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a.example; a.example; true",
                "a.example; *.example|b; true",
                "a.example; b|A.*; true",
                "a.example; example; false",
                "axexample; a.example; false",
                "a.example; ''; false",
                "10.1.2.3; 10.*; true"
            })
    void readsTheListOfExceptionsAsTheJdkDoes(String host, String list, boolean direct) {
        Map<String, String> jvm = Map.of("https.proxyHost", "jvm.example", "http.nonProxyHosts", list);

        assertThat(host("https://" + host, Map.of(), jvm).equals("none")).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://alice:secret@proxy.example",
                "socks5://secret.example",
                "http://alice:sec@ret@proxy.example",
                "http://proxy.example/secret",
                "http://proxy.example?secret",
                "http://a secret.example",
                "http://"
            })
    void refusesAProxyWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> DeepSeek.builder().proxy(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("a proxy is a URL such as ")
                .message()
                .doesNotContain("secret");
        assertThatThrownBy(() -> host("https://a.example", Map.of("HTTPS_PROXY", url), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY: a proxy is a URL such as ")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void decodesTheLogin() {
        HttpProxy proxy = HttpProxy.parse("http://al%40ice:p%3Aw+d@[fd00::1]:3128/");

        assertThat(proxy.login()).isEqualTo(new HttpProxy.Login("al@ice", "p:w+d"));
        assertThat(proxy.host()).isEqualTo("fd00::1");
        assertThat(proxy.toString()).doesNotContain("al").doesNotContain("p:w");
        assertThat(proxy.login().toString()).doesNotContain("al@ice").doesNotContain("p:w");
    }

    @Test
    void excludesAProxyAndNoProxy() {
        assertThatThrownBy(() -> DeepSeek.builder().proxy(PROXY).noProxy())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("proxy and noProxy exclude each other");
        assertThatThrownBy(() -> DeepSeek.builder().noProxy().proxy(PROXY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("proxy and noProxy exclude each other");
    }

    @Test
    void theBuilderGoesBeforeTheEnvironment() {
        Endpoint endpoint = Endpoint.parse("https://a.example");
        Network set = new Network();
        set.environment(Map.of("HTTPS_PROXY", "env.example"));
        set.proxy(HttpProxy.parse(PROXY));
        Network off = new Network();
        off.environment(Map.of("HTTPS_PROXY", "env.example"));
        off.noProxy();

        assertThat(text(set.proxyTo(endpoint))).isEqualTo("proxy.example:3128");
        assertThat(off.proxyTo(endpoint)).isNull();
    }

    private static String host(String endpoint, Map<String, String> environment, Map<String, String> jvm) {
        return text(ProxyDiscovery.find(Endpoint.parse(endpoint), environment, jvm::get));
    }

    private static String text(@Nullable HttpProxy proxy) {
        return proxy == null ? "none" : proxy.host() + ":" + proxy.port();
    }
}
