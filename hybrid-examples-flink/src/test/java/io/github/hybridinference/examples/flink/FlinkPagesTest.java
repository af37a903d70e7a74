package io.github.hybridinference.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiles the examples of docs/flink.md and docs/kafka.md, and follows their links; those of a page may use what those before declare. */
class FlinkPagesTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");

    private static final String BEFORE = """
            import io.github.hybridinference.*;
            import io.github.hybridinference.cache.*;
            import io.github.hybridinference.deepseek.*;
            import io.github.hybridinference.flink.*;
            import io.github.hybridinference.model.*;
            import io.github.hybridinference.redis.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.BooleanSupplier;
            import org.apache.flink.api.common.eventtime.WatermarkStrategy;
            import org.apache.flink.api.common.functions.MapFunction;
            import org.apache.flink.api.common.serialization.DeserializationSchema;
            import org.apache.flink.api.common.serialization.SimpleStringSchema;
            import org.apache.flink.api.common.typeinfo.TypeInformation;
            import org.apache.flink.connector.base.DeliveryGuarantee;
            import org.apache.flink.connector.kafka.sink.*;
            import org.apache.flink.connector.kafka.source.KafkaSource;
            import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
            import org.apache.flink.streaming.api.datastream.*;
            import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
            import org.apache.flink.streaming.api.functions.ProcessFunction;
            import org.apache.flink.util.Collector;
            import org.apache.flink.util.OutputTag;
            import org.apache.kafka.clients.consumer.*;
            import org.apache.kafka.common.TopicPartition;
            import org.apache.kafka.common.errors.RebalanceInProgressException;

            class Page {
                record Bar(String symbol) {}

                record Market(String symbol) {
                    MarketSnapshot snapshot() {
                        return MarketSnapshot.builder(symbol, Timeframe.M5).build();
                    }
                }

                static class Indicators implements MapFunction<Bar, Market> {
                    public Market map(Bar bar) {
                        return new Market(bar.symbol());
                    }
                }

                void run(
                        StreamExecutionEnvironment environment,
                        DataStream<Bar> bars,
                        DeserializationSchema<Market> deserializer) {
            """;

    @TempDir
    private Path classes;

    @ParameterizedTest
    @ValueSource(strings = {"docs/flink.md", "docs/kafka.md"})
    void compilesTheExamplesOf(String document) throws IOException {
        StringBuilder examples = new StringBuilder();
        Matcher example = EXAMPLE.matcher(Files.readString(ROOT.resolve(document)));
        while (example.find()) {
            examples.append(example.group(1));
        }
        assertThat(examples).isNotEmpty();
        assertThat(errors(examples.toString())).isEmpty();
    }

    @Test
    void wouldNoticeAnExampleThatDoesNotCompile() {
        assertThat(errors("HybridFlink.inferr();")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/flink.md", "docs/kafka.md"})
    void findsTheFilesThatAreLinkedFrom(String document) throws IOException {
        Path file = ROOT.resolve(document);
        Matcher link = LINK.matcher(Files.readString(file));
        while (link.find()) {
            assertThat(file.resolveSibling(link.group(1)).normalize()).exists();
        }
    }

    private List<String> errors(String examples) {
        String text = BEFORE + examples + "}\n}\n";
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Page.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, List.of(source))
                .call();
        List<String> errors = new ArrayList<>();
        found.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .forEach(problem -> errors.add(problem.toString()));
        return errors;
    }
}
