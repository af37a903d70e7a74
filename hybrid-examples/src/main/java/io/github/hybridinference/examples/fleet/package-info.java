/**
 * A fleet on one machine: several JVMs with an engine each share answers, questions under way and a daily cap through
 * one Redis. {@link io.github.hybridinference.examples.fleet.Fleet} starts them and measures.
 *
 * <pre>
 * Fleet ── Burst, KilledLeader, PausedRedis      what is done to the fleet, and measured
 *             |
 *           Site ── RedisProcess, stand-in, Instance × n
 *                                              |  lines over standard input and output
 *                                           Worker ── Questioning, SteadyLoad     in a JVM of its own
 * </pre>
 */
@NullMarked
package io.github.hybridinference.examples.fleet;

import org.jspecify.annotations.NullMarked;
