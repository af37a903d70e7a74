package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.LearnedRouter;
import io.github.hybridinference.eval.LoggedWorth;
import java.util.Optional;

/** Writes what a learned router would have done. */
final class LearnedJson {
    private LearnedJson() {}

    static void addTo(ObjectNode line, Optional<LearnedRouter> router) {
        Figures.put(line, "router_auc", router.map(LearnedRouter::auc).orElse(Double.NaN));
        Figures.put(
                line,
                "router_kept_changes",
                router.map(LearnedRouter::keptChanges).orElse(Double.NaN));
    }

    static ObjectNode of(LearnedRouter router) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scenarios", router.examples());
        json.put("changes", router.changes());
        addTo(json, Optional.of(router));
        Figures.put(json, "allowed_loss", router.allowedLoss());
        json.set("table", policy(router.table()));
        json.set("learned", policy(router.learned()));
        return json;
    }

    static ObjectNode of(LoggedWorth worth) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scenarios", worth.scenarios());
        json.put("asked", worth.asked());
        json.put("explored", worth.explored());
        Figures.put(json, "change_share", worth.changeShare());
        Figures.put(json, "worth", worth.worth());
        Figures.put(json, "of_asked", worth.ofAsked());
        return json;
    }

    private static ObjectNode policy(LearnedRouter.Policy policy) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        Figures.put(json, "asked_share", policy.askedShare());
        Figures.put(json, "kept_changes", policy.keptChanges());
        Figures.put(json, "gain", policy.gain());
        return json;
    }
}
