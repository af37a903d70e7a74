package io.github.hybridinference.examples.service;

import io.github.hybridinference.model.MarketSnapshot;
import java.util.OptionalInt;

/**
 * One request, read.
 *
 * @param snapshot what is asked
 * @param timeoutMs how long the caller waits at most
 */
record Question(MarketSnapshot snapshot, OptionalInt timeoutMs) {}
