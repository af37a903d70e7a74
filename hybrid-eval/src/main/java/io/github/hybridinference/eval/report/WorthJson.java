package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.CallWorth;
import io.github.hybridinference.model.Scenario;
import java.util.Locale;
import java.util.SortedMap;

/** Writes what the calls to the model were worth. */
final class WorthJson {
    private static final double BPS = 10_000;

    private WorthJson() {}

    static void addTo(ObjectNode line, CallWorth worth) {
        Figures.put(line, "worth_bps_per_change", worth.worth().value() * BPS);
        Figures.put(line, "worth_low", worth.worth().low() * BPS);
        Figures.put(line, "worth_high", worth.worth().high() * BPS);
        line.put("changes", worth.changes());
        Figures.put(line, "break_even_capital_usd", worth.breakEvenCapitalUsd().orElse(Double.NaN));
        Figures.put(line, "detectable_edge_bps", worth.detectableEdge() * BPS);
        line.put("verdict", name(worth.verdict()));
    }

    static ObjectNode of(CallWorth worth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scenarios", worth.pairs().size());
        json.put("compared", worth.compared());
        addTo(json, worth);
        return json;
    }

    static ArrayNode byReason(SortedMap<Scenario.Reason, CallWorth> worth) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        worth.forEach((reason, own) -> {
            ObjectNode line = json.addObject();
            line.put("reason", reason.name());
            line.put("scenarios", own.pairs().size());
            line.put("compared", own.compared());
            line.put("changes", own.changes());
            Figures.put(line, "worth_bps_per_change", own.worth().times(BPS));
            Figures.put(line, "detectable_edge_bps", own.detectableEdge() * BPS);
            line.put("verdict", name(own.verdict()));
        });
        return json;
    }

    static String name(CallWorth.Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT);
    }
}
