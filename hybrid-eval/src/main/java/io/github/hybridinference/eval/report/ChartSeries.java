package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Decided;
import io.github.hybridinference.eval.EvaluationResult;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The series of the charts, one value per bar that is drawn. They are in the page only: in the JSON file they would bury the
 * figures. Of a long series not every bar can be seen: of each stretch the bars with the lowest and the highest price are drawn.
 */
final class ChartSeries {
    /** More points than any screen is wide, and a page of less than two megabytes. */
    private static final int MOST_DRAWN = 20_000;

    private static final double MS_PER_SECOND = 1_000;

    private final EvaluationResult result;

    ChartSeries(EvaluationResult result) {
        this.result = result;
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        List<Decided> decisions = result.decisions();
        int[] drawn = drawn(decisions.size());
        ArrayNode times = json.putArray("time");
        ArrayNode prices = json.putArray("price");
        ArrayNode sides = json.putArray("side");
        ArrayNode sources = json.putArray("source");
        for (int at : drawn) {
            Decided decided = decisions.get(at);
            times.add((long) (result.history().questions().get(decided.bar()).timeMs() / MS_PER_SECOND));
            Figures.add(prices, price(at));
            sides.add(decided.side());
            sources.add(decided.answer().source().ordinal());
        }
        json.set("equity", at(drawn, result.equity()));
        json.set("rules", at(drawn, result.rulesEquity()));
        json.set("buy_and_hold", at(drawn, result.buyAndHoldEquity()));
        json.put("drawn", drawn.length);
        return json;
    }

    private static ArrayNode at(int[] drawn, double[] values) {
        ArrayNode node = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(drawn).filter(i -> i < values.length).forEach(i -> Figures.add(node, values[i]));
        return node;
    }

    private int[] drawn(int bars) {
        if (bars <= MOST_DRAWN) {
            return IntStream.range(0, bars).toArray();
        }
        int stretches = MOST_DRAWN / 2;
        int last = bars - 1; // the equity ends one bar before it, so that it must be drawn
        IntStream ends = IntStream.range(0, stretches)
                .flatMap(i -> ends((int) ((long) last * i / stretches), (int) ((long) last * (i + 1) / stretches)));
        return IntStream.concat(ends, IntStream.of(last)).toArray();
    }

    /** The bars of the lowest and the highest price of a stretch, in the order of time. */
    private IntStream ends(int from, int to) {
        int low = from;
        int high = from;
        for (int i = from + 1; i < to; i++) {
            low = price(i) < price(low) ? i : low;
            high = price(i) > price(high) ? i : high;
        }
        return low == high ? IntStream.of(low) : IntStream.of(Math.min(low, high), Math.max(low, high));
    }

    private double price(int decision) {
        return result.history()
                .bars()
                .get(result.decisions().get(decision).bar())
                .close();
    }
}
