package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.Dialect;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public setter, found by reflection, so that a new one is covered from the start. */
class DeepSeekBuilderOnceTest {
    /** Valid as a key, as an endpoint, as a model's name and as a prompt. */
    private static final String TEXT = "https://model.example/json";

    /** Those of other setters. */
    private static final Map<String, String> TEXTS =
            Map.of("header", "x-name", "keyHeader", "x-key", "query", "name", "extraBody", "name", "path", "/path");

    @ParameterizedTest(name = "{0} after {1}")
    @MethodSource("settersOfOneName")
    void refusesTheSecondCall(Method second, Method first) throws Exception {
        DeepSeekBuilder builder = DeepSeek.builder();
        call(builder, first);

        assertThatThrownBy(() -> call(builder, second))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .startsWith(second.getName() + " was already set");
    }

    @Test
    void aRefusedValueSetsNothing() {
        DeepSeekBuilder builder = DeepSeek.builder();

        assertThatThrownBy(() -> builder.maxOutputTokens(1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(builder.maxOutputTokens(100)).isSameAs(builder);
    }

    static Stream<Arguments> settersOfOneName() {
        List<Method> setters = Arrays.stream(DeepSeekBuilder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == DeepSeekBuilder.class)
                .toList();
        return setters.stream()
                .flatMap(second -> setters.stream()
                        .filter(first -> first.getName().equals(second.getName()))
                        .map(first -> Arguments.of(second, first)));
    }

    private static void call(DeepSeekBuilder builder, Method setter) throws Exception {
        Object[] values = Arrays.stream(setter.getParameterTypes())
                .map(type -> valueOf(setter.getName(), type))
                .toArray();
        try {
            setter.invoke(builder, values);
        } catch (InvocationTargetException thrown) {
            throw (RuntimeException) thrown.getCause();
        }
    }

    private static Object valueOf(String setter, Class<?> type) {
        return Stream.<Object>of(
                        TEXTS.getOrDefault(setter, TEXT),
                        100,
                        URI.create(TEXT),
                        ApiKey.of(TEXT),
                        Dialect.OLLAMA,
                        PriceTable.perMillionTokens()
                                .cachedInput("1")
                                .input("2")
                                .output("3"),
                        Clock.systemUTC(),
                        (Supplier<ApiKey>) () -> ApiKey.of(TEXT),
                        EgressLog.to(OutputStream.nullOutputStream()))
                .filter(value -> type.isInstance(value) || (type == int.class && value instanceof Integer))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no value of " + type + ": add one"));
    }
}
