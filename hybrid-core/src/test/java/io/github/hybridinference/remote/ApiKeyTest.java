package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    @Test
    void showsTheSecretOnlyWhenAskedTo() {
        ApiKey key = ApiKey.of(" sk-canary\n");

        assertThat(key.reveal()).isEqualTo("sk-canary");
        assertThat(key).hasToString("ApiKey[hidden]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "sk-canary\r\nx: y", "sk canary", "sk-canary\u00e9", "sk-canary\u0000"})
    void refusesWhatCannotBeAHeaderWithoutRepeatingIt(String secret) {
        assertThatThrownBy(() -> ApiKey.of(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("an API key is 1 to 8192 visible ASCII characters");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(ApiKey.of("k".repeat(8_192)).reveal()).hasSize(8_192);
        assertThatThrownBy(() -> ApiKey.of("k".repeat(8_193))).isInstanceOf(IllegalArgumentException.class);
    }
}
