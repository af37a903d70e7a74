package io.github.hybridinference.eval.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.hybridinference.eval.Interval;
import java.math.BigDecimal;
import java.math.MathContext;

/** Writes figures to six significant digits; what is not a number becomes null, never zero. */
final class Figures {
    private static final MathContext DIGITS = new MathContext(6);

    private Figures() {}

    static void put(ObjectNode target, String name, double value) {
        if (Double.isFinite(value)) {
            target.put(name, rounded(value));
        } else {
            target.putNull(name);
        }
    }

    static void put(ObjectNode target, String name, Interval interval) {
        ObjectNode node = target.putObject(name);
        put(node, "value", interval.value());
        put(node, "low", interval.low());
        put(node, "high", interval.high());
    }

    static void add(ArrayNode target, double value) {
        if (Double.isFinite(value)) {
            target.add(rounded(value));
        } else {
            target.addNull();
        }
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
