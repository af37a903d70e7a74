/**
 * Keeps many inferences of complex scenarios in flight and measures throughput and latency: {@link
 * io.github.hybridinference.testkit.load.LoadCommand} against the stand-in in a second process, or any other endpoint.
 */
@Experimental
@NullMarked
package io.github.hybridinference.testkit.load;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
