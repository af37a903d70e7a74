/**
 * Programs in processes of their own, for tests and measurements: the simulated model
 * ({@link io.github.hybridinference.testkit.process.StandInProcess}), a Redis
 * ({@link io.github.hybridinference.testkit.process.RedisProcess}) and any Java program on the same class path
 * ({@link io.github.hybridinference.testkit.process.JavaProcess}). They end when the process that started them ends.
 */
@Experimental
@NullMarked
package io.github.hybridinference.testkit.process;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
