package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.lab.load.DistinctSnapshots;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;

/**
 * Snapshots whose RSI the simulated model repeats as the evidence of its answer, so that an answer to another snapshot is
 * recognized.
 */
final class TellingSnapshots {
    /** An RSI near 50 weighs so little in the simulated model that it is not among the evidence. */
    private static final int LOW_FROM = 10;

    private static final int HIGH_FROM = 60;
    private static final int STEPS = 31;

    private TellingSnapshots() {}

    static MarketSnapshot numbered(long number) {
        return DistinctSnapshots.numbered(number, rsi(number));
    }

    private static double rsi(long number) {
        long step = number / 2 % STEPS;
        return (number % 2 == 0 ? LOW_FROM : HIGH_FROM) + step;
    }

    /** Whether a model's answer is one to a snapshot with another RSI; the rules' own answer never is. */
    static boolean isWrong(long number, Inference answer) {
        boolean fromModel = answer.source() == Source.REMOTE || answer.source() == Source.CACHE;
        return fromModel
                && answer.signal().evidence().stream()
                        .noneMatch(figure -> figure.name().startsWith("rsi") && figure.value() == rsi(number));
    }
}
