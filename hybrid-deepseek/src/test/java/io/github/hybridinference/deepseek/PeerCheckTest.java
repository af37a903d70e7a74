package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.testkit.network.PrivateAuthority;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerCheckTest {
    private static final PrivateAuthority AUTHORITY = new PrivateAuthority();

    @ParameterizedTest
    @CsvSource({
        "model.example.com, model.example.com, true",
        "Model.Example.com, model.EXAMPLE.com., true",
        "model.example.com, example.com, false",
        "example.com, model.example.com, false",
        "*.example.com, model.example.com, true",
        "*.example.com, a.model.example.com, false",
        "*.example.com, example.com, false",
        "*.com, example.com, false",
        "m*.example.com, model.example.com, false",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "*.2.3.4, 1.2.3.4, false",
        "model.example.com, 10.1.2.3, false"
    })
    void comparesTheNameOfTheHost(String certified, String host, boolean same) throws Exception {
        X509Certificate certificate =
                (X509Certificate) AUTHORITY.issue(certified).getCertificate("key");

        assertThat(PeerCheck.problem(certificate, host).isEmpty()).isEqualTo(same);
    }
}
