package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.util.OptionalDouble;

/** What takes part in each comparison and search without being asked for: a model that does not beat it is not needed. */
enum Benchmark {
    /** Never trades. */
    ALWAYS_HOLD("always HOLD"),

    /** Earns what the market does. */
    ALWAYS_BUY("always BUY"),

    /** What the rules said when the decision was recorded. */
    RULES("the rules");

    private final String label;

    Benchmark(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    static boolean isLabel(String name) {
        for (Benchmark benchmark : values()) {
            if (benchmark.label.equals(name)) {
                return true;
            }
        }
        return false;
    }

    TradingSignal answer(ExamQuestion question) {
        return switch (this) {
            case ALWAYS_HOLD -> fixed(Action.HOLD);
            case ALWAYS_BUY -> fixed(Action.BUY);
            case RULES -> question.entry().rules().signal();
        };
    }

    private TradingSignal fixed(Action action) {
        // half: it claims to know nothing
        return new TradingSignal(action, 0.5, RiskLevel.LOW, OptionalDouble.empty(), OptionalDouble.empty(), label);
    }
}
