package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.CacheReport;
import io.github.hybridinference.eval.Calibration;
import io.github.hybridinference.eval.RouterReport;

/** Writes the parts of a report that not every one has. */
final class PartsJson {
    private PartsJson() {}

    static ObjectNode router(RouterReport router) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sampled", router.sampled());
        node.put("unanswered", router.unanswered());
        node.put("changed", router.changed());
        Figures.put(node, "worth", router.worth());
        Figures.put(node, "cost_usd", router.costUsd());
        ArrayNode curve = node.putArray("curve");
        for (RouterReport.Point point : router.curve()) {
            ObjectNode line = curve.addObject();
            Figures.put(line, "model_share", point.modelShare());
            Figures.put(line, "mean_return", point.meanReturn());
            Figures.put(line, "cost_per_1000_bars_usd", point.costPer1000BarsUsd());
        }
        return node;
    }

    static ObjectNode calibration(Calibration calibration, double usdPerQuestion) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Figures.put(node, "wanted_share", calibration.wantedShare());
        Figures.put(node, "expected_share", calibration.expectedShare());
        Figures.put(node, "second_half_share", calibration.secondHalfShare());
        ArrayNode folds = node.putArray("walk_forward");
        calibration.walkForward().forEach(share -> Figures.add(folds, share));
        Figures.put(node, "usd_per_question", usdPerQuestion);
        Figures.put(node, "monthly_cost_usd", calibration.monthlyCostUsd(usdPerQuestion));
        // those that were evaluated
        node.put("snippet", calibration.firstHalf().snippet());
        node.put("snippet_all_bars", calibration.thresholds().snippet());
        return node;
    }

    static ArrayNode cache(CacheReport cache) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        for (CacheReport.Step step : cache.steps()) {
            ObjectNode line = node.addObject();
            Figures.put(line, "step", step.step());
            line.put("questions", step.questions());
            line.put("hits", step.hits());
            line.put("flips", step.flips());
            Figures.put(line, "hit_rate", step.hitRate());
            Figures.put(line, "flip_rate", step.flipRate());
            Figures.put(line, "confidence_gap", step.confidenceGap());
        }
        return node;
    }
}
