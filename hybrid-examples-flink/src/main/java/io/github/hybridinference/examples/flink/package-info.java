/**
 * A job of Apache Flink over thousands of symbols: {@link io.github.hybridinference.examples.flink.FlinkCommand} runs it with TaskManagers
 * in processes of their own, and kills one.
 */
@NullMarked
package io.github.hybridinference.examples.flink;

import org.jspecify.annotations.NullMarked;
