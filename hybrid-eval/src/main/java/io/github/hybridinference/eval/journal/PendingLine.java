package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;

/** What waits to be written, as the engine reported it. */
sealed interface PendingLine {
    /** A decision. */
    record Decision(String id, MarketSnapshot snapshot, Inference answer, boolean late) implements PendingLine {}

    /** The models were paused or resumed. */
    record Switch(SwitchEntry entry) implements PendingLine {}
}
