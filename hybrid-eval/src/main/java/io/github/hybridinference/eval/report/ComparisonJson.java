package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Comparison;
import java.util.Locale;

/** Writes how rules, hybrid and the two benchmarks did on the same bars. */
final class ComparisonJson {
    private ComparisonJson() {}

    static ObjectNode of(Comparison comparison) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cost_convention", "netted turnover");
        json.put("volatility_bars", Comparison.VOLATILITY_BARS);
        ArrayNode parts = json.putArray("parts");
        for (Comparison.Part part : comparison.parts()) {
            ObjectNode node = parts.addObject();
            node.put("split", name(part.split()));
            node.put("name", part.name());
            if (part.split() == Comparison.Split.VOLATILITY) {
                Figures.put(node, "volatility_from", part.from());
                Figures.put(node, "volatility_to", part.to());
            }
            node.put("bars", part.bars());
            for (Comparison.Row row : part.rows()) {
                ObjectNode line = node.putObject(name(row.strategy()));
                Figures.put(line, "gross", row.gross());
                Figures.put(line, "net", row.net());
                Figures.put(line, "sharpe", row.sharpe());
                Figures.put(line, "max_drawdown", row.maxDrawdown());
                Figures.put(line, "turnover_per_year", row.turnoverPerYear());
            }
            Figures.put(node, "hybrid_over_rules_per_year", part.gain());
        }
        return json;
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
