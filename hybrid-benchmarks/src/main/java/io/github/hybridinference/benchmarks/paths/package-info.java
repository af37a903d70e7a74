/**
 * The benchmarks: one class for a path, with its floor as another method. A floor does the least that any implementation
 * would have to do, with the library that does it best, and none of what the engine adds.
 */
@NullMarked
package io.github.hybridinference.benchmarks.paths;

import org.jspecify.annotations.NullMarked;
