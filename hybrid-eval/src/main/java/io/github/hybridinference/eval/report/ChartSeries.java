package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Decided;
import io.github.hybridinference.eval.EvaluationResult;
import java.util.Arrays;

/**
 * The series of the charts, one value per bar. They are in the page only: in the JSON file they would bury the figures.
 */
final class ChartSeries {
    private static final double MS_PER_SECOND = 1_000;

    private final EvaluationResult result;

    ChartSeries(EvaluationResult result) {
        this.result = result;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode times = json.putArray("time");
        ArrayNode prices = json.putArray("price");
        ArrayNode sides = json.putArray("side");
        ArrayNode sources = json.putArray("source");
        for (Decided decided : result.decisions()) {
            times.add((long) (result.history().questions().get(decided.bar()).timeMs() / MS_PER_SECOND));
            Figures.add(prices, result.history().bars().get(decided.bar()).close());
            sides.add(decided.side());
            sources.add(decided.answer().source().ordinal());
        }
        ArrayNode equity = json.putArray("equity");
        Arrays.stream(result.equity()).forEach(value -> Figures.add(equity, value));
        ArrayNode bought = json.putArray("buy_and_hold");
        Arrays.stream(result.buyAndHoldEquity()).forEach(value -> Figures.add(bought, value));
        return json;
    }
}
