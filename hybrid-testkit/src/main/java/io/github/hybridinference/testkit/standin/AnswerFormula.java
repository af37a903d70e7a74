package io.github.hybridinference.testkit.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.testkit.standin.PromptValues.PromptValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The formula behind the simulated model's answers: a small logistic function, deliberately unlike the threshold rules.
 *
 * <pre>
 * z = 0.8 · (50 − RSI) / 20        reversion, within ±1.6
 *   + 0.7 · tanh(MACD % / 0.4)     momentum; the histogram where there is one
 *   + 1.2 · (0.5 − %b)             reversion inside the bands, within ±0.9
 *   + 0.5 · tanh(change % / 2)     momentum of the price
 *
 * p = 1 / (1 + e^(−z · (0.7 + 0.2 · volume ratio, at most 3) / (1 + volatility % / 10)))
 * </pre>
 *
 * <p>BUY from p = 0.56 up, SELL from 0.44 down, between them HOLD; the confidence is the larger of p and 1 − p. The
 * stop lies 1.5 times the volatility away and the target twice as far. A missing value adds nothing; the volume ratio
 * counts as 1 when missing, the volatility as the ATR in percent or, without that, as 1.5 %. The result is a function of
 * the values alone. It does not predict anything.
 */
final class AnswerFormula {

    private static final double BUY_FROM = 0.56;

    private AnswerFormula() {}

    /** The answer as the JSON text that the prompt asks for. */
    static String answer(PromptValues figures) {
        List<Contribution> contributions = contributions(figures);
        double volatility =
                Math.max(0, volatility(figures).map(PromptValue::value).orElse(1.5));
        double volumeRatio =
                figures.family("volume_ratio").map(PromptValue::value).orElse(1.0);
        double z = contributions.stream().mapToDouble(Contribution::weight).sum();
        double up = logistic(z * (0.7 + 0.2 * clamp(volumeRatio, 0, 3)) / (1 + volatility / 10));

        ObjectNode json = Json.MAPPER.createObjectNode();
        String action = up >= BUY_FROM ? "BUY" : up <= 1 - BUY_FROM ? "SELL" : "HOLD";
        json.put("action", action);
        json.put("confidence", rounded(Math.max(up, 1 - up)));
        json.put("risk", volatility < 1.5 ? "low" : volatility < 4 ? "medium" : "high");
        if (!action.equals("HOLD")) {
            double stop = clamp(1.5 * volatility, 0.3, 20);
            json.put("stop_loss_pct", rounded(stop));
            json.put("take_profit_pct", rounded(2 * stop));
        }
        List<Contribution> heaviest = heaviest(contributions);
        if (!heaviest.isEmpty()) {
            ObjectNode evidence = json.putObject("evidence");
            heaviest.forEach(one -> evidence.put(
                    one.figure().name(), new BigDecimal(one.figure().text())));
        }
        json.put("reasoning", reasoning(heaviest));
        return json.toString();
    }

    private static List<Contribution> contributions(PromptValues figures) {
        List<Contribution> found = new ArrayList<>();
        figures.family("rsi")
                .ifPresent(rsi -> found.add(new Contribution(rsi, clamp((50 - rsi.value()) / 25, -1.6, 1.6))));
        figures.family("macd_hist_pct")
                .or(() -> figures.family("macd_pct"))
                .ifPresent(macd -> found.add(new Contribution(macd, 0.7 * StrictMath.tanh(macd.value() / 0.4))));
        figures.family("bb_percent_b")
                .ifPresent(b -> found.add(new Contribution(b, clamp(1.2 * (0.5 - b.value()), -0.9, 0.9))));
        figures.first(name -> name.startsWith("price_change"))
                .ifPresent(change -> found.add(new Contribution(change, 0.5 * StrictMath.tanh(change.value() / 2))));
        return found;
    }

    private static Optional<PromptValue> volatility(PromptValues figures) {
        return figures.family("volatility_pct")
                .or(() -> figures.first(name -> name.startsWith("atr") && name.endsWith("_pct")));
    }

    /** The two with the largest weight, whose values are the evidence. */
    private static List<Contribution> heaviest(List<Contribution> contributions) {
        return contributions.stream()
                .sorted(Comparator.comparingDouble((Contribution c) -> -Math.abs(c.weight())))
                .limit(2)
                .toList();
    }

    /** Names the values of the evidence. */
    private static String reasoning(List<Contribution> heaviest) {
        if (heaviest.isEmpty()) {
            return "simulated model: no figure it knows";
        }
        return heaviest.stream()
                .map(c -> c.figure().name() + (c.weight() < 0 ? " argues down" : " argues up"))
                .collect(Collectors.joining(", ", "simulated model: ", ""));
    }

    private static double logistic(double z) {
        return 1 / (1 + StrictMath.exp(-z));
    }

    private static double clamp(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    private record Contribution(PromptValue figure, double weight) {}
}
