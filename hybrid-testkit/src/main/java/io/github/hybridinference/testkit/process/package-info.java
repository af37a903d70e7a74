/**
 * Programs in processes of their own, for tests and measurements: the simulated model
 * ({@link io.github.hybridinference.testkit.process.StandInProcess}), a Redis
 * ({@link io.github.hybridinference.testkit.process.RedisProcess}) and any Java program on the same class path
 * ({@link io.github.hybridinference.testkit.process.JavaProcess}). They end when the process that started them ends.
 */
@NullMarked
package io.github.hybridinference.testkit.process;

import org.jspecify.annotations.NullMarked;
