package io.github.hybridinference.examples.service;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.OptionalInt;

/**
 * A parsed request.
 *
 * @param snapshot the market snapshot
 * @param timeoutMs the longest time that the caller waits
 */
record InferenceRequest(MarketSnapshot snapshot, OptionalInt timeoutMs) {}
