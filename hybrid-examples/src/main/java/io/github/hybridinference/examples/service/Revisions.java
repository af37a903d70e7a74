package io.github.hybridinference.examples.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.InferenceRecord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Late answers of the model, by the decision they revise: for ten minutes, and no more than a bounded number. Nothing else
 * of a decision is kept.
 */
final class Revisions {
    private static final long MOST = 10_000;

    /**
     * What is known of a decision.
     *
     * @param pending whether the model may still answer
     * @param answer its late answer, if one came
     */
    record Finding(boolean pending, @Nullable InferenceRecord answer) {}

    private static final Finding NOTHING = new Finding(false, null);
    private static final Finding PENDING = new Finding(true, null);

    private final Cache<String, CompletableFuture<Optional<Inference>>> entries;

    Revisions(Ticker ticker) {
        entries = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterWrite(Duration.ofMinutes(10))
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    void watch(Inference answer) {
        if (answer.degradation().filter(cause -> cause == Degradation.TIMEOUT).isPresent()) {
            entries.put(answer.decisionId(), answer.revision().toCompletableFuture());
        }
    }

    Finding find(String decisionId) {
        CompletableFuture<Optional<Inference>> revision = entries.getIfPresent(decisionId);
        if (revision == null) {
            return NOTHING;
        }
        if (!revision.isDone()) {
            return PENDING;
        }
        return revision.join().map(late -> new Finding(false, late.toRecord())).orElse(NOTHING);
    }
}
