package io.github.hybridinference.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.testkit.standin.StandIn;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The pages about frameworks: their code compiles, the first example answers, and the table of properties is complete. */
class SpringPageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Path PAGE = DOCS.resolve("spring.md");
    private static final String MARK = "<!-- Written by SpringPageTest -Dupdate. -->\n";
    private static final Path SOURCE = Path.of(
            "../hybrid-spring-boot-common/src/main/java/io/github/hybridinference/spring/HybridProperties.java");
    private static final String PROPERTIES = "io.github.hybridinference.spring.HybridProperties";
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern DEPENDENCY = Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?:class|record) (\\w+)");

    @TempDir
    private Path classes;

    @ParameterizedTest
    @CsvSource({"spring.md, 3", "quarkus.md, 1", "micronaut.md, 1"})
    void compilesTheCodeOf(String page, int examples) throws IOException {
        List<String> code = all(JAVA, Files.readString(DOCS.resolve(page)));
        assertThat(code).hasSize(examples);
        assertThat(compile(code)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"quarkus, EngineProducer", "micronaut, EngineFactory"})
    void showsTheRecipeThatTheConsumerBuilds(String page, String type) throws IOException {
        Path recipe = Path.of("../consumer-it/src/recipes", page, "recipe", type + ".java");
        assertThat(all(JAVA, Files.readString(DOCS.resolve(page + ".md")))).containsExactly(Files.readString(recipe));
    }

    /** Twenty lines of the user's own, besides the package, imports and blank lines, are enough for a first answer of the model. */
    @Test
    @Timeout(120)
    void givesAFirstAnswerWithTheLinesThatItShows() throws Exception {
        String page = Files.readString(PAGE);
        String code = all(JAVA, page).get(0);
        String yaml = all(YAML, page).get(0);
        Stream<String> own = Stream.of(code, yaml, all(DEPENDENCY, page).get(0)).flatMap(String::lines);
        assertThat(own.filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("package ")))
                .hasSizeLessThanOrEqualTo(20);
        assertThat(yaml.lines()).hasSize(3);

        assertThat(compile(List.of(code))).isEmpty();
        String classPath = classes
                + File.pathSeparator
                + Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> !entry.endsWith("hybrid-examples-spring/target/classes"))
                        .reduce((one, other) -> one + File.pathSeparator + other)
                        .orElseThrow();
        try (StandIn model = StandIn.builder().start()) {
            // a list comes from one source: the address of the model stands beside its key
            Files.writeString(classes.resolve("application.yaml"), yaml + "      base-url: " + model.baseUrl() + "\n");
            try (RunningApplication application = RunningApplication.start(classPath, "demo.Signals")) {
                assertThat(application.get("/signal/BTC-USDT/50")).contains("\"source\":\"REMOTE\"");
            }
            assertThat(model.requests()).isEqualTo(1);
        }
    }

    @Test
    void listsEachProperty() throws IOException {
        String page = Files.readString(PAGE);
        String before = page.substring(0, page.indexOf(MARK) + MARK.length());
        String expected = before + table();
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, expected);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    /** The properties of the metadata, and those within lists, which Spring Boot leaves out of it. */
    private static String table() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        try (InputStream metadata =
                SpringPageTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            JsonNode properties = JsonMapper.shared().readTree(metadata).get("properties");
            for (JsonNode property : properties) {
                String name = property.get("name").asString();
                if (!name.startsWith("hybrid.")) {
                    continue;
                }
                JsonNode standard = property.get("defaultValue");
                rows.put(
                        name,
                        property.get("description").asString()
                                + values(property.get("type").asString())
                                + (standard == null ? "" : " Default: " + standard.asString() + "."));
            }
        }
        String source = Files.readString(SOURCE);
        within(source, "Model", "hybrid.models[].", rows);
        within(source, "Prices", "hybrid.models[].prices.", rows);
        within(source, "Prompt", "hybrid.models[].prompt.", rows);
        within(source, "Tls", "hybrid.models[].tls.", rows);
        within(source, "CustomFeature", "hybrid.custom-features[].", rows);
        rows.remove("hybrid.models[].prices");
        rows.remove("hybrid.models[].prompt");
        rows.remove("hybrid.models[].tls");
        StringBuilder table = new StringBuilder("\n| property | what |\n| --- | --- |\n");
        rows.forEach((name, text) -> table.append("| `")
                .append(name)
                .append("` | ")
                .append(text.replace("|", "\\|"))
                .append(" |\n"));
        return table.toString();
    }

    private static void within(String source, String type, String prefix, Map<String, String> rows) {
        RecordComponent[] components =
                ClassUtils.resolveClassName(PROPERTIES + "$" + type, null).getRecordComponents();
        String documentation = source.substring(0, source.indexOf("record " + type + "("));
        documentation =
                documentation.substring(documentation.lastIndexOf("/**")).replaceAll("\\s*\\*/\\s*$", "");
        String[] parameters = documentation.split("@param ", -1);
        assertThat(parameters).as(type).hasSize(components.length + 1);
        for (int i = 1; i < parameters.length; i++) {
            String[] words =
                    parameters[i].replaceAll("\\s+(\\* )?", " ").strip().split(" ", 2);
            String component = words[0];
            String values = Stream.of(components)
                    .filter(declared -> declared.getName().equals(component))
                    .map(declared -> values(declared.getType().getName()))
                    .findFirst()
                    .orElseThrow();
            rows.put(prefix + component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT), words[1] + values);
        }
    }

    /** The values of an enumeration as a configuration file spells them. */
    private static String values(String type) {
        boolean isOurs = type.startsWith("io.github.hybridinference.");
        Object[] constants = isOurs ? ClassUtils.resolveClassName(type, null).getEnumConstants() : null;
        if (constants == null) {
            return "";
        }
        return Stream.of(constants)
                .map(constant ->
                        "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                .collect(Collectors.joining(", ", " One of ", "."));
    }

    private static List<String> all(Pattern blocks, String page) {
        List<String> found = new ArrayList<>();
        Matcher block = blocks.matcher(page);
        while (block.find()) {
            found.add(block.group(1));
        }
        return found;
    }

    private List<String> compile(List<String> code) {
        List<JavaFileObject> sources = new ArrayList<>();
        for (String text : code) {
            Matcher type = TYPE.matcher(text);
            assertThat(type.find()).isTrue();
            sources.add(
                    new SimpleJavaFileObject(
                            URI.create("string:///" + type.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
                        @Override
                        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                            return text;
                        }
                    });
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = List.of(
                "-proc:none", "-parameters", "-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        compiler.getTask(null, null, problems, options, null, sources).call();
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .toList();
    }
}
