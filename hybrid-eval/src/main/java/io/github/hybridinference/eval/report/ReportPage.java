package io.github.hybridinference.eval.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Puts the page together from its parts, so that the file needs nothing beside it. */
final class ReportPage {
    /** The chart library as its web jar holds it. */
    private static final String CHARTS = "META-INF/resources/webjars/uplot/1.6.30/dist/";

    private ReportPage() {}

    /** The page of one series. */
    static String of(String json) throws IOException {
        return page("report.html", "report.js", json);
    }

    /** The page of several series. */
    static String ofSeries(String json) throws IOException {
        return page("series.html", "series.js", json);
    }

    /** The page of the checks of an owner's indicators. */
    static String ofOwner(String json) throws IOException {
        return page("owner.html", "owner.js", json);
    }

    private static String page(String html, String script, String json) throws IOException {
        return text(html)
                .replace("/*charts.css*/", text(CHARTS + "uPlot.min.css"))
                .replace("/*report.css*/", text("report.css"))
                .replace("/*charts.js*/", text(CHARTS + "uPlot.iife.min.js"))
                .replace("/*report.js*/", text(script))
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
