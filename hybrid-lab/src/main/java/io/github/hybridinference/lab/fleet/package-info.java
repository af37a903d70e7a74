/**
 * A fleet on one machine: several JVMs with an engine each share cached answers, in-flight calls and a daily cap through
 * one Redis. {@link io.github.hybridinference.lab.fleet.FleetCommand} starts them and measures.
 *
 * <pre>
 * FleetCommand ── BurstScenario, FailoverScenario,           what is done to the fleet, and measured
 *                     |   LeaderKillScenario, RedisPauseScenario
 *                RunningFleet ── RedisServers, StandInProcess, WorkerProcess × n
 *                                                                   |  lines over standard input and output
 *                                                              WorkerMain ── BatchLoad, SteadyLoad
 * </pre>
 */
@Experimental
@NullMarked
package io.github.hybridinference.lab.fleet;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
