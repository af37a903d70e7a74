/**
 * An engine in a job of Apache Flink: start at {@link io.github.hybridinference.flink.HybridFlink#infer}.
 */
@NullMarked
package io.github.hybridinference.flink;

import org.jspecify.annotations.NullMarked;
