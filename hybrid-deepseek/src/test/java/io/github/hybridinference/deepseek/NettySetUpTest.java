package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.testing.OtherLibraries;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Netty that does not fit is a fault of the set-up, and not a service that is unavailable. */
class NettySetUpTest {

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://127.0.0.1:1"})
    void anOldNettyIsNamedWithWhatToSet(String endpoint) throws Exception {
        try (URLClassLoader old = OtherLibraries.replacing("netty-", Path.of("target", "unfit-versions"))) {
            assertThatThrownBy(() -> build(old, endpoint))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs Netty 4.1.128 or newer and finds 4.0.56.Final")
                    .hasMessageContaining("set the Maven property netty.version")
                    .hasCauseInstanceOf(LinkageError.class);
        }
    }

    @Test
    void soIsAnAbsentOne(@TempDir Path nothing) throws Exception {
        try (URLClassLoader without = OtherLibraries.replacing("netty-", nothing)) {
            assertThatThrownBy(() -> build(without, "http://127.0.0.1:1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs Netty 4.1.128 or newer and finds none");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:1", "https://127.0.0.1:1"})
    void theNewestFits(String endpoint) throws Exception {
        Path newest = Path.of("target", "newest-versions");
        assertThat(newest).isDirectoryContaining("glob:**/netty-codec-http-4.2*");
        try (URLClassLoader fit = OtherLibraries.replacing("netty-", newest)) {
            build(fit, endpoint).close();
        }
    }

    private static AutoCloseable build(ClassLoader loader, String endpoint) throws Exception {
        try {
            Object builder = loader.loadClass(DeepSeek.class.getName())
                    .getMethod("builder")
                    .invoke(null);
            builder.getClass().getMethod("endpoint", String.class).invoke(builder, endpoint);
            return (AutoCloseable) builder.getClass().getMethod("build").invoke(builder);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw thrown;
        }
    }
}
