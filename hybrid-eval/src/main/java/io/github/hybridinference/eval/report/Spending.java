package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Decided;
import io.github.hybridinference.eval.EvaluationResult;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The cost of the answers. */
final class Spending {
    private static final double NANO = 1e-9;

    private Spending() {}

    /** US dollars, failed attempts included; not a number if the price of any call is unknown. */
    static double totalUsd(EvaluationResult result) {
        return result.stats().unpricedCalls() > 0 ? Double.NaN : result.stats().totalCostNanoUsd() * NANO;
    }

    /** The answers' cost by day of their bar (UTC), without failed attempts. */
    static ArrayNode byDay(EvaluationResult result) {
        Map<LocalDate, Double> days = new TreeMap<>();
        for (Decided decided : result.decisions()) {
            LocalDate day = result.history()
                    .questions()
                    .get(decided.bar())
                    .time()
                    .atZone(ZoneOffset.UTC)
                    .toLocalDate();
            OptionalLong cost = decided.answer().usage().costNanoUsd();
            days.merge(day, cost.isPresent() ? cost.getAsLong() * NANO : Double.NaN, Double::sum);
        }
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        days.forEach((day, usd) -> {
            ObjectNode line = json.addObject().put("day", day.toString());
            Figures.put(line, "usd", usd);
        });
        return json;
    }
}
