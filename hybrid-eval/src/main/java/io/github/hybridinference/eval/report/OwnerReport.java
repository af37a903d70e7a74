package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.OwnerFindings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the checks of an owner's indicators found, as an HTML page, as JSON and as a single line. Immutable.
 *
 * @since 0.1.0
 */
public final class OwnerReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String title;
    private final OwnerFindings findings;

    /**
     * Starts a report.
     *
     * @param title what was checked, for human readers
     * @param findings what was found
     */
    public OwnerReport(String title, OwnerFindings findings) {
        this.title = Objects.requireNonNull(title, "title");
        this.findings = Objects.requireNonNull(findings, "findings");
    }

    /**
     * Writes {@code report.html} and {@code report.json}.
     *
     * @param folder the folder of the files; created if missing
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        ReportPage.write(folder, "owner", json(), Map.of());
    }

    /**
     * Returns the counts in one line, for programs.
     *
     * @return a JSON object
     */
    public String line() {
        return counts(JSON.createObjectNode()).toString();
    }

    private ObjectNode counts(ObjectNode node) {
        node.put("bars", findings.bars());
        node.put("figures", findings.figures().size());
        node.put("look_ahead", findings.lookingAhead());
        node.put("slow_warm_up", findings.slow());
        node.put("never_settled", findings.neverSettled());
        OptionalInt longest = findings.figures().stream()
                .flatMapToInt(figure -> figure.warmUpBars().stream())
                .max();
        if (longest.isPresent()) {
            node.put("longest_warm_up", longest.getAsInt());
        } else {
            node.putNull("longest_warm_up");
        }
        return node.put("repeatable", findings.repeatable());
    }

    private ObjectNode json() {
        ObjectNode json = JSON.createObjectNode().put("title", title);
        counts(json);
        json.put("cuts", findings.cuts());
        json.put("starts", findings.starts());
        json.put("tolerance", findings.tolerance());
        ArrayNode figures = json.putArray("checks");
        for (OwnerFindings.Figure figure : findings.figures()) {
            ObjectNode node = figures.addObject();
            node.put("name", figure.name());
            node.put("repeatable", figure.repeatable());
            node.put("look_ahead_cuts", figure.lookAhead());
            figure.firstLookAhead().ifPresent(bar -> node.put("first_look_ahead_bar", bar));
            figure.firstLookAheadTime().ifPresent(time -> node.put("first_look_ahead", time.toString()));
            figure.warmUpBars().ifPresent(bars -> node.put("warm_up_bars", bars));
            node.put("slow_warm_up", figure.isSlow());
        }
        return json;
    }
}
