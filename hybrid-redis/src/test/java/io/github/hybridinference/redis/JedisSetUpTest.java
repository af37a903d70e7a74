package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.testing.OtherLibraries;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Jedis that does not fit is a fault of the set-up, and not a Redis that is away. */
final class JedisSetUpTest {
    private static final Path UNFIT = Path.of("target", "unfit-versions");

    @ParameterizedTest
    @ValueSource(strings = {"redis://127.0.0.1:1", "redis-sentinel://127.0.0.1:1/#one", "redis-cluster://127.0.0.1:1"})
    void anOldJedisIsNamedWithWhatToSet(String address) throws IOException {
        try (URLClassLoader old = OtherLibraries.replacing("jedis-", UNFIT)) {
            assertThatThrownBy(() -> connect(old, address))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs Jedis 6.0.0 to 8.0 and finds 4.4.0")
                    .hasMessageContaining("set the Maven property jedis.version")
                    .hasCauseInstanceOf(LinkageError.class);
        }
    }

    @Test
    void soIsAnAbsentOne(@TempDir Path nothing) throws IOException {
        try (URLClassLoader without = OtherLibraries.replacing("jedis-", nothing)) {
            assertThatThrownBy(() -> connect(without, "redis://127.0.0.1:1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs Jedis 6.0.0 to 8.0 and finds none");
        }
    }

    @Test
    void theNewestFits() throws Exception {
        Path newest = Path.of("target", "newest-versions");
        assertThat(newest).isDirectoryContaining("glob:**/jedis-8*");
        try (URLClassLoader fit = OtherLibraries.replacing("jedis-", newest)) {
            connect(fit, "redis://127.0.0.1:1").close();
            Class<?> addresses = fit.loadClass(RedisAddress.class.getName());
            Method parse = addresses.getDeclaredMethod("parse", String.class);
            Method rehearse = fit.loadClass(JedisRehearsal.class.getName()).getDeclaredMethod("rehearse", addresses);
            parse.setAccessible(true);
            rehearse.setAccessible(true);
            rehearse.invoke(null, parse.invoke(null, "redis://127.0.0.1:1"));
        }
    }

    @Test
    void theRehearsalMakesAllCalls() {
        assertThatCode(() -> JedisRehearsal.rehearse(RedisAddress.parse("redis://127.0.0.1:1")))
                .doesNotThrowAnyException();
    }

    @Test
    void whatOnlyTheFirstContactShowsIsThrownToo() {
        FakePort port = new FakePort();
        port.breakingReads = new NoSuchMethodError("redis.clients.jedis.JedisCluster.<init>()");
        assertThatThrownBy(() -> new Gateway(port, Duration.ofMillis(50), true, InstantSource.system(), new byte[1]))
                .isSameAs(port.breakingReads);
        assertThat(port.done).endsWith("close");
    }

    private static AutoCloseable connect(ClassLoader loader, String address) throws Exception {
        Callable<Object> call = () -> loader.loadClass(RedisSignalCache.class.getName())
                .getMethod("connect", String.class)
                .invoke(null, address);
        try {
            return (AutoCloseable) call.call();
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw thrown;
        }
    }
}
