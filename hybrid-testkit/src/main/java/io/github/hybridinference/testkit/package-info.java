/**
 * For tests of programs that use an engine.
 *
 * <ul>
 *   <li>{@link io.github.hybridinference.testkit.FakeInferenceEngine}: an engine that gives the answers of a script, for tests of
 *       a strategy. Its answers, and those for code that takes an {@code Inference}, are made by
 *       {@link io.github.hybridinference.testkit.Answers} and {@link io.github.hybridinference.testkit.Signals}.
 *   <li>{@link io.github.hybridinference.testkit.FakeModel}: a model in the process, for tests of a real engine's
 *       configuration; {@link io.github.hybridinference.testkit.Fault} names what can go wrong with it.
 *   <li>{@link io.github.hybridinference.testkit.ManualClock}: time that passes when a test says so.
 *   <li>The package {@code junit}: a simulated model behind HTTP as a JUnit extension; {@code standin} is the server itself.
 *   <li>The package {@code assertj}: assertions.
 *   <li>The package {@code contract}: suites that an implementation of a model, a cache, a budget or an anonymizer has to pass.
 * </ul>
 */
@NullMarked
package io.github.hybridinference.testkit;

import org.jspecify.annotations.NullMarked;
