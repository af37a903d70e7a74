/** A loop over the records of a topic of Kafka, to copy from. */
@NullMarked
package io.github.hybridinference.examples.kafka;

import org.jspecify.annotations.NullMarked;
