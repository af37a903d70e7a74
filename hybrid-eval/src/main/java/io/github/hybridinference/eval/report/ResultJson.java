package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Chance;
import io.github.hybridinference.eval.ConfidenceCalibration;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.PortfolioFigures;
import io.github.hybridinference.eval.ReliabilityBin;
import io.github.hybridinference.eval.SourceFigures;
import io.github.hybridinference.model.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what the signals were worth. */
final class ResultJson {
    private static final Set<String> NOT_OF_THE_MODEL = Set.of("rules", "fallback");

    private final boolean simulated;

    ResultJson(boolean simulated) {
        this.simulated = simulated;
    }

    ArrayNode sources(List<SourceFigures> figures, EvaluationResult result) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (SourceFigures source : figures) {
            ObjectNode node = json.addObject();
            node.put("source", source.source());
            node.put("simulated", simulated && isOfTheModel(source.source()));
            node.put("decisions", source.decisions());
            node.put("signals", source.signals());
            node.put("independent", source.independent());
            Figures.put(node, "hold_share", source.holdShare());
            Figures.put(node, "hit_rate", source.hitRate());
            Figures.put(node, "mean_return", source.meanReturn());
            Figures.put(node, "brier", source.brier());
            chance(node.putObject("at_random"), Chance.of(result, source.source()));
            ArrayNode bins = node.putArray("reliability");
            source.reliability().forEach(bin -> bin(bins.addObject(), bin));
            node.set("portfolio", portfolio(source.portfolio()));
            calibrated(node, source.source(), result);
        }
        return json;
    }

    /** Those of all together count as the model's, which has a part in them. */
    static boolean isOfTheModel(String source) {
        return !NOT_OF_THE_MODEL.contains(source);
    }

    private static void chance(ObjectNode node, Chance chance) {
        Figures.put(node, "hit_rate", chance.hitRate());
        Figures.put(node, "hits_over", chance.hitsOver());
        Figures.put(node, "mean_return", chance.meanReturn());
        Figures.put(node, "return_over", chance.returnOver());
    }

    private static void bin(ObjectNode node, ReliabilityBin bin) {
        Figures.put(node, "low", bin.low());
        Figures.put(node, "high", bin.high());
        node.put("signals", bin.signals());
        Figures.put(node, "mean_confidence", bin.meanConfidence());
        Figures.put(node, "hit_share", bin.hitShare());
    }

    private static void calibrated(ObjectNode node, String name, EvaluationResult result) {
        for (Source source : Source.values()) {
            if (EvaluationResult.nameOf(source).equals(name)) {
                ConfidenceCalibration.Effect effect = result.confidenceCalibration(source);
                ObjectNode calibrated = node.putObject("confidence_calibration");
                calibrated.put("signals", effect.signals());
                Figures.put(calibrated, "brier_before", effect.before());
                Figures.put(calibrated, "brier_after", effect.after());
                Figures.put(calibrated, "brier_base_rate", effect.baseRate());
                Figures.put(calibrated, "skill", effect.skill());
                Figures.put(calibrated, "gain", effect.gain());
                calibrated.put("informative", effect.carriesInformation());
                effect.table().ifPresent(table -> calibrated.put("table", table.toString()));
            }
        }
    }

    ObjectNode portfolio(PortfolioFigures figures) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Figures.put(node, "total_return", figures.totalReturn());
        Figures.put(node, "sharpe", figures.sharpe());
        Figures.put(node, "sortino", figures.sortino());
        Figures.put(node, "max_drawdown", figures.maxDrawdown());
        Figures.put(node, "turnover_per_year", figures.turnoverPerYear());
        return node;
    }

    ArrayNode evidence(EvaluationResult result) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        result.evidence()
                .forEach((model, figures) -> json.addObject()
                        .put("model", model)
                        .put("answers", figures.answers())
                        .put("with_evidence", figures.withEvidence())
                        .put("one_sided", figures.oneSided())
                        .put("against", figures.against()));
        return json;
    }

    ObjectNode degradations(EvaluationResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        result.stats().degradations().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> node.put(entry.getKey().name(), entry.getValue()));
        return node;
    }
}
