package io.github.hybridinference.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** What a user reads when an application does not start. */
@ExtendWith(OutputCaptureExtension.class)
public abstract class FailureContract {
    private static final String KEY = "sk-0123456789abcdef";

    /** A user's application. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({HybridAutoConfiguration.class, HybridRedisAutoConfiguration.class})
    static class Application {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hybrid.models[0].api-key=${NOT_SET} | hybrid.models[0].api-key cannot be used: it holds a placeholder",
                "hybrid.models[0].api-key=<key> and more | hybrid.models[0].api-key cannot be used: an API key is 1 to 8192",
                "hybrid.models[0].name=some-model | hybrid.models[0].api-key cannot be used: it is not set",
                "hybrid.models[2].api-key=<key> | A list has no gaps",
                "hybrid.timeout=<key> | hybrid.timeout cannot be read as java.time.Duration",
                "hybrid.anonymizer.noise.seed=<key> | hybrid.anonymizer.noise.seed cannot be read as java.lang.Long",
                "hybrid.timeout=2h | hybrid.timeout cannot be used: timeout must be positive and at most an hour",
                "hybrid.redis.uri=http://<key> | hybrid.redis.uri cannot be used: an address of Redis reads",
                "hybrid.redis.ca-file=<key> | hybrid.redis.ca-file cannot be used: a certificate authority needs an address with TLS",
                "hybrid.redis.integrity-secret=<key> | hybrid.redis.integrity-secret cannot be used: integritySecret must have",
                "hybrid.redis.integrity-secret=${NOT_SET_SECRET_OF_THE_WHOLE_FLEET} | hybrid.redis.integrity-secret cannot be used: it holds a placeholder",
                "hybrid.redis.accepted-integrity-secret=<key> | it needs hybrid.redis.integrity-secret, which signs"
            })
    void namesThePropertyAndTheCureAndNoSecret(String property, String expected, CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .web(WebApplicationType.NONE)
                        .properties("hybrid.warm-up=false", "hybrid.redis.uri=redis://127.0.0.1:1")
                        .run("--" + property.replace("<key>", KEY)))
                .isInstanceOf(Exception.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START", expected, "Action:")
                .doesNotContain(KEY);
    }
}
