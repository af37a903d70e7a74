package consumer;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.budget.Budget;
import java.time.Duration;

/** The lines of the README, put here by the build. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
@readme.lines@
    }
}
