package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes a report. The page is put together from its parts, so that the file needs nothing beside it. */
final class ReportPage {
    /** The chart library as its web jar holds it. */
    private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReportPage() {}

    /**
     * Writes {@code report.json} and {@code report.html}.
     *
     * @param folder the folder of the files; created if missing
     * @param kind the name of the page and its script: report, series or owner
     * @param json what both files hold
     * @param charts what the page alone holds besides
     */
    static void write(Path folder, String kind, ObjectNode json, Map<String, ? extends JsonNode> charts)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(
                folder.resolve("report.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
        json.setAll(charts);
        Files.writeString(
                folder.resolve("report.html"), page(kind + ".html", kind + ".js", JSON.writeValueAsString(json)));
    }

    private static String page(String html, String script, String json) throws IOException {
        return text(html)
                .replace("/*charts.css*/", text(CHARTS + "uPlot.min.css"))
                .replace("/*report.css*/", text("report.css"))
                .replace("/*charts.js*/", text(CHARTS + "uPlot.iife.min.js"))
                .replace("/*report.js*/", text("page.js") + text(script))
                // no title can close the script element that contains it
                .replace("/*data*/", json.replace("<", "\\u003c"));
    }

    private static String text(String name) throws IOException {
        // a web jar is not part of this module, and its folder is open to all
        InputStream found = name.startsWith(CHARTS)
                ? ReportPage.class.getClassLoader().getResourceAsStream(name)
                : ReportPage.class.getResourceAsStream(name);
        try (InputStream in = found) {
            if (in == null) {
                throw new FileNotFoundException("a part of the page is missing from the class path: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
