/**
 * Keeps many inferences of complex scenarios in flight and measures throughput and latency: {@link
 * io.github.hybridinference.lab.load.LoadCommand} against the stand-in in a second process, or any other endpoint.
 */
@NullMarked
package io.github.hybridinference.lab.load;

import org.jspecify.annotations.NullMarked;
