/**
 * What each path costs, beside what the same work costs by hand in the same run: {@link
 * io.github.hybridinference.benchmarks.Bench} runs the benchmarks of {@link io.github.hybridinference.benchmarks.paths} and
 * prints one table.
 */
@NullMarked
package io.github.hybridinference.benchmarks;

import org.jspecify.annotations.NullMarked;
