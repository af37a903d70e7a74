package io.github.hybridinference.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/**
 * The classes of a program in the form in which the JVM holds them, so that a fresh one need not read and check them again
 * (class data sharing). Takes jars only, so folders of classes are packed before.
 */
final class ClassArchive implements AutoCloseable {
    private final Path folder;
    private final String jars;

    private ClassArchive(Path folder, String jars) {
        this.folder = folder;
        this.jars = jars;
    }

    static ClassArchive of(String classPath) throws IOException {
        Path folder = Files.createTempDirectory("classes");
        ToolProvider jar =
                ToolProvider.findFirst("jar").orElseThrow(() -> new IOException("this JDK has no tool to make jars"));
        List<String> jars = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                String packed = folder.resolve(jars.size() + ".jar").toString();
                jar.run(System.out, System.err, "--create", "--file", packed, "-C", entry, ".");
                jars.add(packed);
            } else {
                jars.add(entry);
            }
        }
        return new ClassArchive(folder, String.join(File.pathSeparator, jars));
    }

    /** Options of a JVM that writes it as it ends. */
    List<String> writing() {
        return List.of("-XX:ArchiveClassesAtExit=" + file(), "-cp", jars);
    }

    /** Options of a JVM that starts from it. */
    List<String> reading() {
        return List.of("-XX:SharedArchiveFile=" + file(), "-Xshare:on", "-cp", jars);
    }

    private Path file() {
        return folder.resolve("classes.jsa");
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
