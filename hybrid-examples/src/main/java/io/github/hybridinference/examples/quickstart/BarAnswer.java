package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.model.Inference;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * The answer at the close of a bar.
 *
 * @param start when the bar begins, which is its timestamp in the file
 */
record BarAnswer(Instant start, double close, OptionalDouble rsi14, Inference answer) {}
