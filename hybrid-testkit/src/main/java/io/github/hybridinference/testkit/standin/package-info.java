/**
 * A stand-in of DeepSeek's API on loopback, so that tests, examples and load runs use real HTTP without a key.
 *
 * <p>Its answers come from a small fixed formula, not from a language model, and say so: the reasoning begins with
 * "simulated model:" and the model's name ends with "-simulated". Start with {@link
 * io.github.hybridinference.testkit.standin.StandIn}, or with {@link io.github.hybridinference.testkit.junit.StandInExtension}
 * in a JUnit test; {@link io.github.hybridinference.testkit.standin.Behaviour} lists what it can do with a request.
 *
 * <pre>
 * socket ── ConnectionHandler ── ChatRequest ── PromptValues ── AnswerFormula ── Completion     what the reply is
 *               └──────── Exchange ◀──── Behaviour ◀── Faults, or a script                     how and when it is sent
 * </pre>
 *
 * <p>Everything from the socket to the reply runs on one event-loop thread per stand-in; waiting is done by timers.
 */
@NullMarked
package io.github.hybridinference.testkit.standin;

import org.jspecify.annotations.NullMarked;
