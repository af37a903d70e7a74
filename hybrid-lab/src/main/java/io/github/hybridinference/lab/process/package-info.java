/**
 * Programs in processes of their own, for tests and measurements: the simulated model
 * ({@link io.github.hybridinference.lab.process.StandInProcess}), a Redis of
 * one server or several ({@link io.github.hybridinference.lab.process.RedisProcess},
 * {@link io.github.hybridinference.lab.process.RedisServers}) and any Java program on the same class path
 * ({@link io.github.hybridinference.lab.process.JavaProcess}). They end when the process that started them ends.
 */
@NullMarked
package io.github.hybridinference.lab.process;

import org.jspecify.annotations.NullMarked;
