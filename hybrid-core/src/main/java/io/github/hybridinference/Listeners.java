package io.github.hybridinference;

import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies the listeners, whose faults are logged once and change nothing.
 *
 * <p>At debug level decisions are logged too, one line each, without reasoning or anything of the snapshot. The level is
 * read once, when an engine is built: reading it at each answer would cost the local path more than the line is worth.
 */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);

    private record Guarded(InferenceListener listener, AtomicBoolean complained) {}

    private final Guarded[] all;
    private final EngineLog log;

    Listeners(List<InferenceListener> given, EngineLog log) {
        List<InferenceListener> listeners = new ArrayList<>(given);
        if (LOG.isDebugEnabled()) {
            listeners.add(new DecisionLog());
        }
        this.all = listeners.stream()
                .map(listener -> new Guarded(listener, new AtomicBoolean()))
                .toArray(Guarded[]::new);
        this.log = log;
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    void notify(Consumer<InferenceListener> event) {
        for (Guarded guarded : all) {
            try {
                event.accept(guarded.listener);
            } catch (Throwable thrown) {
                FatalErrors.rethrowIfFatal(thrown);
                if (guarded.complained.compareAndSet(false, true)) {
                    log.warn("a listener threw and was ignored (logged once a listener): "
                            + guarded.listener.getClass().getName() + ", "
                            + thrown.getClass().getName());
                }
            }
        }
    }

    private static final class DecisionLog implements InferenceListener {
        @Override
        public void onAnswer(MarketSnapshot snapshot, Inference answer) {
            LOG.debug("decision {}: {}, {} ns", answer.decisionId(), answer, answer.latencyNanos());
        }

        @Override
        public void onRevision(MarketSnapshot snapshot, Inference revision) {
            LOG.debug("revision {}: {}, {} ns", revision.decisionId(), revision, revision.latencyNanos());
        }
    }
}
