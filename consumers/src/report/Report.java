import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the applications printed, writes the table of docs/compatibility.md, and prints the result. */
final class Report {
    private static final String BEGIN = "<!-- begin: written by mvn -q -Pconsumers -->\n";
    private static final String END = "<!-- end -->\n";

    private static final Pattern ANSWERS = Pattern.compile("\\{\"application\":\"[^}]*}");
    private static final Pattern FIELD = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");
    private static final Pattern RULE = Pattern.compile("Rule \\d+: \\S*?(\\w+) failed");

    /** Of the last bar of a series, which may be simple or complex. */
    private static final List<String> SOURCES = List.of("LOCAL", "REMOTE");

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("boot_3_5", "Spring Boot 3.5.7");
        NAMES.put("boot_4_0", "Spring Boot 4.0.7");
        NAMES.put("boot_4_1", "Spring Boot 4.1.2");
        NAMES.put("quarkus", "Quarkus 3.33.2");
        NAMES.put("micronaut", "Micronaut 4.10.8");
        NAMES.put("platform", "none, with `hybrid-platform`");
        NAMES.put("plain", "none, without a BOM");
    }

    private Report() {}

    public static void main(String[] args) throws IOException {
        List<String> rows = new ArrayList<>();
        List<String> results = new ArrayList<>();
        boolean shared = true;
        boolean all = true;
        for (Map.Entry<String, String> application : NAMES.entrySet()) {
            Path log = Path.of(args[0], application.getKey(), "build.log");
            String printed = Files.exists(log) ? Files.readString(log) : "";
            Map<String, String> answers = answers(printed);
            Matcher rule = RULE.matcher(printed);
            boolean asExpected = "LOCAL".equals(answers.get("local"))
                    && "REMOTE".equals(answers.get("remote"))
                    && "CACHE".equals(answers.get("cache"))
                    && SOURCES.contains(answers.getOrDefault("ta4j", ""))
                    && printed.contains("BUILD SUCCESS");
            shared &= "CACHE".equals(answers.get("shared"));
            all &= asExpected;
            String remote = answers.getOrDefault("remote", rule.find() ? rule.group(1) : "FAILED");
            results.add("\"" + application.getKey() + "\":\"" + remote + "\"");
            rows.add("| " + application.getValue() + " | " + cell(answers, "netty") + " | " + cell(answers, "jedis") + " | "
                    + cell(answers, "jackson") + " | " + cell(answers, "slf4j") + " | " + cell(answers, "local") + ", "
                    + cell(answers, "remote") + ", " + cell(answers, "cache") + " | " + cell(answers, "ta4j") + " | "
                    + cell(answers, "shared") + " |");
            if (!asExpected) {
                System.out.println(application.getKey() + ": see " + log);
            }
        }
        if (all && shared) {
            write(Path.of(args[1]), rows);
        }
        // what is not a framework is in the table only
        System.out.println("RESULT {" + String.join(",", results.subList(0, 5)) + ",\"redis_shared\":" + shared + "}");
        System.exit(all && shared ? 0 : 1);
    }

    private static Map<String, String> answers(String printed) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher line = ANSWERS.matcher(printed);
        if (line.find()) {
            Matcher field = FIELD.matcher(line.group());
            while (field.find()) {
                fields.put(field.group(1), field.group(2));
            }
        }
        return fields;
    }

    private static String cell(Map<String, String> answers, String name) {
        return answers.getOrDefault(name, "?").replace(".Final", "");
    }

    private static void write(Path page, List<String> rows) throws IOException {
        String text = Files.readString(page);
        String table = "| framework | Netty | Jedis | Jackson 2 | SLF4J | a process got | for a series of ta4j | another, through Redis |\n"
                + "| --- | --- | --- | --- | --- | --- | --- | --- |\n" + String.join("\n", rows) + "\n";
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        Files.writeString(page, text.substring(0, begin) + table + text.substring(text.indexOf(END)));
    }
}
