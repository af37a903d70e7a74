package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;

/** A decision waiting to be written, as the engine reported it. */
record PendingDecision(String id, MarketSnapshot snapshot, Inference answer, boolean late) {}
