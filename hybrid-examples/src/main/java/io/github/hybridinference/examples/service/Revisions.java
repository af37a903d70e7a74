package io.github.hybridinference.examples.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Late answers of the model, by the decision they revise: for ten minutes, and no more than a bounded number. */
final class Revisions {
    private static final long MOST = 10_000;

    /** What is kept of a decision whose model was late: none of the caller's data. */
    private record Entry(int fieldsDropped, CompletableFuture<Optional<Inference>> revision) {}

    /**
     * What is known of a decision.
     *
     * @param pending whether the model may still answer
     * @param answer its late answer, if one came
     */
    record Finding(boolean pending, @Nullable InferenceJson answer) {}

    private static final Finding NOTHING = new Finding(false, null);
    private static final Finding PENDING = new Finding(true, null);

    private final Cache<String, Entry> entries;

    Revisions(Ticker ticker) {
        entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(Duration.ofMinutes(10))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void watch(Inference answer, int fieldsDropped) {
        if (answer.degradation().filter(cause -> cause == Degradation.TIMEOUT).isPresent()) {
            entries.put(
                    answer.decisionId(),
                    new Entry(fieldsDropped, answer.revision().toCompletableFuture()));
        }
    }

    Finding find(String decisionId) {
        Entry entry = entries.getIfPresent(decisionId);
        if (entry == null) {
            return NOTHING;
        }
        if (!entry.revision.isDone()) {
            return PENDING;
        }
        return entry.revision
                .join()
                .map(late -> new Finding(false, InferenceJson.of(late, entry.fieldsDropped)))
                .orElse(NOTHING);
    }
}
