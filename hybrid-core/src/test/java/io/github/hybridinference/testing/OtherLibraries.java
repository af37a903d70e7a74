package io.github.hybridinference.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The class path of this JVM with some libraries in another version, as an application's BOM may have it. */
public final class OtherLibraries {
    private OtherLibraries() {}

    /**
     * Makes a class loader that shares no class with the caller's.
     *
     * @param replaced the beginning of the names of the jars that are left out, such as {@code netty-}
     * @param folder holds the jars with such names that take their place
     * @return a new class loader, to be closed by the caller
     */
    public static URLClassLoader replacing(String replaced, Path folder) {
        Stream<Path> kept = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(each -> !each.getFileName().toString().startsWith(replaced));
        try (Stream<Path> others = Files.list(folder)) {
            Stream<Path> taken =
                    others.filter(each -> each.getFileName().toString().startsWith(replaced));
            URL[] all = Stream.concat(taken, kept).map(OtherLibraries::url).toArray(URL[]::new);
            return new URLClassLoader(all, ClassLoader.getPlatformClassLoader());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
