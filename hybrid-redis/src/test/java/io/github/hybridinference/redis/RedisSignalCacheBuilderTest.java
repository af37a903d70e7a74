package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RedisSignalCacheBuilderTest {
    private static final Map<Class<?>, Object> SAMPLES = Map.of(
            String.class,
            "sample-of-a-prefix-or-of-a-secret:",
            Duration.class,
            Duration.ofMillis(500),
            Path.class,
            Path.of("src", "test", "resources", "an-authority.pem"));

    private final RedisSignalCacheBuilder builder = RedisSignalCache.builder("rediss://localhost");

    static Stream<Method> setters() {
        return Arrays.stream(RedisSignalCacheBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                .filter(method -> method.getReturnType() == RedisSignalCacheBuilder.class);
    }

    private Object set(Method setter) throws Throwable {
        try {
            return setter.invoke(builder, SAMPLES.get(setter.getParameterTypes()[0]));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @ParameterizedTest
    @MethodSource("setters")
    void eachIsSetOnce(Method setter) throws Throwable {
        assertThat(set(setter)).isSameAs(builder);

        assertThatIllegalStateException()
                .isThrownBy(() -> set(setter))
                .withMessage(setter.getName() + " was already set");
    }

    @Test
    void allSettersAreTested() {
        assertThat(setters())
                .extracting(Method::getName)
                .contains("prefix", "timeout", "ttl", "lease", "integritySecret", "acceptedIntegritySecret");
    }

    @Test
    void aRefusedValueMayBeCorrected() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder.ttl(Duration.ZERO));

        assertThat(builder.ttl(Duration.ofHours(1))).isSameAs(builder);
    }

    @Test
    void aShortSecretIsRefusedWithoutRepeatingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.integritySecret("s3cret"))
                .withMessageContainingAll("integritySecret", "at least 32 bytes", "has 6")
                .withMessageNotContaining("s3cret");
        assertThat(builder.integritySecret("é".repeat(16)))
                .as("32 bytes in UTF-8")
                .isSameAs(builder);
    }

    @Test
    void aSecondSecretNeedsAFirst() {
        builder.acceptedIntegritySecret("x".repeat(32));

        assertThatIllegalStateException()
                .isThrownBy(builder::connect)
                .withMessage("acceptedIntegritySecret needs integritySecret, which signs");
    }
}
