package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.audit.EgressLog;
import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.Dialect;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    private static final String PROXY = "http://proxy.example:3128";
    private static final String PASSWORD = "changeit";

    @TempDir
    static Path directory;

    private static Path identity;

    @BeforeAll
    static void writeKeyStore() throws Exception {
        identity = directory.resolve("identity.jks");
        PrivateAuthority authority = new PrivateAuthority();
        KeyStore store = authority.issue("client");
        store.setCertificateEntry("authority", authority.trustStore().getCertificate("authority"));
        try (OutputStream out = Files.newOutputStream(identity)) {
            KeyStore copy = KeyStore.getInstance("JKS");
            copy.load(null, null);
            copy.setKeyEntry(
                    "key", store.getKey("key", new char[0]), PASSWORD.toCharArray(), store.getCertificateChain("key"));
            copy.setCertificateEntry("authority", store.getCertificate("authority"));
            copy.store(out, PASSWORD.toCharArray());
        }
    }

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

    private static SSLContext context() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
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
        String text = switch (setter) {
            case "proxy" -> PROXY;
            case "trustStore", "clientCertificate" -> PASSWORD;
            default -> TEXTS.getOrDefault(setter, TEXT);
        };
        return Stream.<Object>of(
                        text,
                        100,
                        URI.create(text),
                        identity,
                        context(),
                        Map.of(),
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
