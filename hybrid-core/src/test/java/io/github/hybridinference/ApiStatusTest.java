package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources of all published modules say about their API: since when each type is there, and what is experimental. */
class ApiStatusTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TYPE = Pattern.compile(
            "^public (?:(?:abstract|final|sealed|non-sealed) )*(?:class|interface|record|enum|@interface) ",
            Pattern.MULTILINE);
    private static final Pattern SINCE = Pattern.compile("^ \\* @since \\d+\\.\\d+\\.\\d+$", Pattern.MULTILINE);
    private static final Pattern EXPERIMENTAL_PACKAGE =
            Pattern.compile("^@Experimental$.*^package (.*?);", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void eachPublicTypeSaysSinceWhenItIsThere() throws IOException {
        List<String> types = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Path file : publishedSources()) {
            String text = Files.readString(file);
            Matcher type = TYPE.matcher(text);
            if (type.find()) {
                types.add(file.toString());
                String head = text.substring(0, type.start());
                if (!SINCE.matcher(head.substring(Math.max(0, head.lastIndexOf("/**"))))
                        .find()) {
                    silent.add(file.toString());
                }
            }
        }
        assertThat(types).as("public types").hasSizeGreaterThan(100);
        assertThat(silent).as("public types without @since").isEmpty();
    }

    @Test
    void theComparisonWithTheLastReleaseLeavesOutEachExperimentalPackage() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        List<String> packages = new ArrayList<>();
        for (Path file : publishedSources()) {
            Matcher experimental = EXPERIMENTAL_PACKAGE.matcher(Files.readString(file));
            if (file.endsWith("package-info.java") && experimental.find()) {
                packages.add(experimental.group(1));
            }
        }
        assertThat(packages)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(pom).contains("<exclude>" + name + "</exclude>"));
    }

    private static List<Path> publishedSources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.sorted().toList()) {
                Path main = module.resolve("src/main/java");
                if (Files.isDirectory(main)
                        && !Files.readString(module.resolve("pom.xml"))
                                .contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
                    try (Stream<Path> files = Files.walk(main)) {
                        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }
}
