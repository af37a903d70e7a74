package io.github.hybridinference;

import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Many snapshots asked at once, and their answers: each as soon as it is there, or all of them in the order of the snapshots.
 *
 * <pre>{@code
 * InferenceBatch batch = engine.inferAll(snapshots, Deadline.after(Duration.ofSeconds(8)));
 * for (InferenceBatch.Answer answer : batch) {          // in the order in which they are answered
 *     trade(answer.snapshot(), answer.inference());
 * }
 * }</pre>
 *
 * <p>Thread-safe; each of several loops gets all answers. A loop waits for the next answer until the deadline at most: the engine
 * answers each snapshot by then, by the rules if need be.
 *
 * @since 0.1.0
 */
public final class InferenceBatch implements Iterable<InferenceBatch.Answer> {
    private final List<MarketSnapshot> snapshots;
    private final List<CompletableFuture<Inference>> asked;

    /**
     * One answer of the batch.
     *
     * @param index the position of its snapshot in the batch, from 0
     * @param snapshot what was asked
     * @param inference what was answered
     */
    public record Answer(int index, MarketSnapshot snapshot, Inference inference) {}

    private InferenceBatch(List<MarketSnapshot> snapshots, List<CompletableFuture<Inference>> asked) {
        this.snapshots = snapshots;
        this.asked = asked;
    }

    static InferenceBatch of(InferenceEngine engine, Collection<MarketSnapshot> snapshots, Deadline deadline) {
        List<MarketSnapshot> all = List.copyOf(snapshots);
        List<CompletableFuture<Inference>> asked = new ArrayList<>(all.size());
        for (MarketSnapshot snapshot : all) {
            asked.add(engine.inferAsync(snapshot, deadline));
        }
        return new InferenceBatch(all, asked);
    }

    /**
     * Makes the batch of an engine that wraps another, and has futures of its own.
     *
     * @param snapshots what was asked
     * @param futures one for each snapshot, in their order, which completes as that of {@link InferenceEngine#inferAsync} does;
     *     {@link #cancel} cancels it
     * @return the batch
     * @throws IllegalArgumentException if there are not as many futures as snapshots
     */
    public static InferenceBatch of(List<MarketSnapshot> snapshots, List<CompletableFuture<Inference>> futures) {
        if (snapshots.size() != futures.size()) {
            throw new IllegalArgumentException(
                    "there are " + snapshots.size() + " snapshots and " + futures.size() + " futures");
        }
        return new InferenceBatch(List.copyOf(snapshots), List.copyOf(futures));
    }

    /**
     * Returns how many snapshots were asked.
     *
     * @return the number
     */
    public int size() {
        return asked.size();
    }

    /**
     * Returns the future of each answer, each as {@link InferenceEngine#inferAsync} returns it.
     *
     * @return one for each snapshot, in their order; unmodifiable
     */
    public List<CompletableFuture<Inference>> futures() {
        return Collections.unmodifiableList(asked);
    }

    /**
     * Waits for all answers.
     *
     * @return one for each snapshot, in their order
     * @throws java.util.concurrent.CancellationException if the batch was cancelled
     */
    public List<Inference> answers() {
        return asked.stream().map(CompletableFuture::join).toList();
    }

    /**
     * Returns the answers in the order in which they are given. What is there already comes first.
     *
     * @return an iterator that waits for the next answer; its {@code next} throws a
     *     {@link java.util.concurrent.CancellationException} for each that was cancelled
     */
    @Override
    public Iterator<Answer> iterator() {
        BlockingQueue<Integer> ready = new LinkedBlockingQueue<>();
        for (int i = 0; i < asked.size(); i++) {
            int index = i;
            Object unused = asked.get(i).whenComplete((answer, thrown) -> ready.add(index));
        }
        return new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given < asked.size();
            }

            @Override
            public Answer next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all " + given + " answers were given");
                }
                int index = takeUninterruptibly(ready);
                given++;
                return new Answer(index, snapshots.get(index), asked.get(index).join());
            }
        };
    }

    /** An interrupt does not shorten the wait, which the deadline bounds; it stays set for the caller. */
    private static int takeUninterruptibly(BlockingQueue<Integer> ready) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ready.take();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives up what is not answered yet: calls without another waiting caller are aborted. */
    public void cancel() {
        asked.forEach(answer -> answer.cancel(false));
    }
}
