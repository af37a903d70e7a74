package io.github.hybridinference.eval.journal;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;

/** A decision on its way into a journal, just as the engine told of it. */
record Decision(String id, MarketSnapshot snapshot, Inference answer, boolean late) {}
