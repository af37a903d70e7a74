package io.github.hybridinference.flink;

import io.github.hybridinference.model.MarketSnapshot;
import java.io.Serializable;

/**
 * Makes the snapshot that the engine is asked about of an element of the stream.
 *
 * @param <T> the elements of the stream
 * @since 0.1.0
 */
@FunctionalInterface
public interface SnapshotFunction<T> extends Serializable {
    /**
     * Makes a snapshot. It is called on the task's thread, so it must not block; and again for the same element when it timed out
     * or is restored from a checkpoint. Set {@code time(..)}: without it the time is that of the call, and {@link FlinkInference#id()}
     * differs after a restore.
     *
     * @param element an element of the stream
     * @return what is known of the market, never null
     * @throws Exception if the element is malformed: the job fails with a {@link SnapshotException} that does not quote the element
     */
    MarketSnapshot toSnapshot(T element) throws Exception;
}
