package io.github.hybridinference.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles each Java example of the documents, and follows their links. */
class DocumentExamplesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
    private static final List<String> HANDED_IN = List.of(
            "InferenceEngine engine",
            "MarketSnapshot snapshot",
            "List<MarketSnapshot> markets",
            "List<Bar> bars",
            "SnapshotSource snapshots",
            "History history",
            "RemoteModel model",
            "String key",
            "PriceTable table",
            "dev.langchain4j.model.chat.ChatModel chat",
            "Recording recording",
            "org.ta4j.core.BarSeries series",
            "Path folder");

    private static final String IMPORTS = """
            import dev.langchain4j.data.message.SystemMessage;
            import dev.langchain4j.data.message.UserMessage;
            import dev.langchain4j.model.chat.response.ChatResponse;
            import io.github.hybridinference.*;
            import io.github.hybridinference.budget.*;
            import io.github.hybridinference.cache.*;
            import io.github.hybridinference.deepseek.*;
            import io.github.hybridinference.eval.*;
            import io.github.hybridinference.eval.context.*;
            import io.github.hybridinference.eval.experiment.*;
            import io.github.hybridinference.eval.journal.*;
            import io.github.hybridinference.local.*;
            import io.github.hybridinference.micrometer.*;
            import io.github.hybridinference.model.*;
            import io.github.hybridinference.remote.*;
            import io.github.hybridinference.remote.Dialect.*;
            import io.github.hybridinference.ta4j.*;
            import io.micrometer.core.instrument.Meter;
            import io.micrometer.core.instrument.MeterRegistry;
            import io.micrometer.core.instrument.config.MeterFilter;
            import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
            import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
            import io.micrometer.observation.ObservationRegistry;
            import java.net.URI;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.*;
            """;

    @TempDir
    private Path classes;

    static Stream<String> documents() {
        return Stream.of(
                "docs/guide.md",
                "docs/guide.zh-CN.md",
                "docs/models.md",
                "docs/models.zh-CN.md",
                "docs/evaluation.md",
                "docs/experiments.md",
                "docs/observability.md",
                "docs/operations.md");
    }

    @ParameterizedTest
    @MethodSource("documents")
    void compilesTheExamplesOf(String document) throws IOException {
        List<JavaFileObject> sources = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve(document)));
        while (example.find()) {
            sources.add(source("Example" + sources.size(), example.group(1)));
        }
        if (!sources.isEmpty()) {
            assertThat(compile(sources)).isEmpty();
        }
    }

    @Test
    void wouldNoticeAnExampleThatDoesNotCompile() {
        assertThat(compile(List.of(source("Broken", "engine.inferr(snapshot);"))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void findsTheFilesThatAreLinkedFrom(String document) throws IOException {
        Path file = ROOT.resolve(document);
        Matcher link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            assertThat(file.resolveSibling(link.group(1)).normalize()).exists();
        }
    }

    /** What an example does not declare itself is handed in. */
    private static JavaFileObject source(String name, String example) {
        List<String> given = HANDED_IN.stream()
                .filter(parameter -> !example.contains(parameter + " ="))
                .toList();
        String text = IMPORTS + "class " + name + " {\nvoid run(" + String.join(", ", given) + ") throws Exception {\n"
                + example + "}\n}\n";
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    private List<String> compile(List<JavaFileObject> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(null, null, found, options, null, sources).call();
        return found.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
