package io.github.hybridinference.lab.command;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The class path of this program, for processes that it starts.
 *
 * @since 0.1.0
 */
public final class ClassPath {
    private ClassPath() {}

    /**
     * Returns it. In Maven's JVM {@code java.class.path} is Maven's; this program's class path is that of its class loader.
     *
     * @return the entries, separated as this system does it
     */
    public static String ofThisProgram() {
        if (!(ClassPath.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        return Arrays.stream(loader.getURLs()).map(ClassPath::pathOf).collect(Collectors.joining(File.pathSeparator));
    }

    private static String pathOf(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException malformed) {
            throw new UncheckedIOException(new IOException("the class path has a malformed entry", malformed));
        }
    }
}
