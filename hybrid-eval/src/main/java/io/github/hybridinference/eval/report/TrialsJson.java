package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.SelectionBias;
import io.github.hybridinference.eval.Trial;
import java.util.Comparator;
import java.util.List;

/** Writes what the set-ups that were looked at on the same bars say about the best of them. */
final class TrialsJson {
    /** As many rows as can be read. */
    private static final int SHOWN = 10;

    private TrialsJson() {}

    static void addTo(ObjectNode line, SelectionBias bias) {
        line.put("trials", bias.trials().size());
        Figures.put(line, "deflated_sharpe", bias.deflatedSharpe(bias.evaluated()));
        Figures.put(line, "best_deflated_sharpe", bias.deflatedSharpe(bias.best()));
        Figures.put(line, "overfitting_probability", bias.overfittingProbability());
    }

    static ObjectNode of(SelectionBias bias, double barsPerYear) {
        double year = Math.sqrt(barsPerYear);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", bias.trials().size());
        json.put("elsewhere", bias.elsewhere());
        json.put("best_shows_an_edge", bias.bestShowsAnEdge());
        Figures.put(json, "expected_best_of_none_annual", bias.expectedBestOfNone() * year);
        Figures.put(json, "overfitting_probability", bias.overfittingProbability());
        List<Trial> ranked = bias.trials().stream()
                .sorted(Comparator.comparingDouble(Trial::sharpe).reversed())
                .toList();
        json.set("best", trial(bias, ranked.get(0), 1, year));
        ArrayNode top = json.putArray("top");
        for (int i = 0; i < ranked.size(); i++) {
            if (i < SHOWN || ranked.get(i).equals(bias.evaluated())) {
                top.add(trial(bias, ranked.get(i), i + 1, year));
            }
        }
        return json;
    }

    private static ObjectNode trial(SelectionBias bias, Trial trial, int rank, double year) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rank", rank);
        json.put("evaluated", trial.equals(bias.evaluated()));
        ObjectNode settings = json.putObject("settings");
        trial.settings().forEach(settings::put);
        Figures.put(json, "sharpe_annual", trial.sharpe() * year);
        Figures.put(json, "deflated_sharpe", bias.deflatedSharpe(trial));
        Figures.put(json, "skewness", trial.skewness());
        Figures.put(json, "kurtosis", trial.kurtosis());
        json.put("returns", trial.returns());
        return json;
    }
}
