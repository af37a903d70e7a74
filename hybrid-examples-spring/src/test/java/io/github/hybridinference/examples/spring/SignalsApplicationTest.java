package io.github.hybridinference.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Starts the application as a user does, in a process of its own, and ends it by SIGTERM. */
class SignalsApplicationTest {
    @Test
    @Timeout(120)
    void answersOverHttpAndEndsWhenItIsToldTo() throws Exception {
        try (RunningApplication application =
                RunningApplication.start(System.getProperty("java.class.path"), SignalsApplication.class.getName())) {
            assertThat(application.get("/signal?symbol=BTC-USDT&rsi=50&volatility=2"))
                    .contains("\"source\":\"REMOTE\"");
            assertThat(application.get("/actuator/hybrid")).contains("\"remote\":1");
            assertThat(application.get("/actuator/health")).contains("\"hybrid\":{");

            assertThat(application.terminate()).isEqualTo(143);
            assertThat(application.printed()).contains("An answer:  http://localhost:");
        }
    }
}
