package io.github.hybridinference;

import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decisions in the log, one line each at debug level, without reasoning or anything of the snapshot.
 *
 * <p>The level is looked at once, when an engine is built: to ask at each answer would cost the local path more than the
 * line is worth.
 */
final class DecisionLog implements InferenceListener {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceEngine.class);

    private DecisionLog() {}

    /** The same listeners, and one that logs if that is wanted. */
    static List<InferenceListener> with(List<InferenceListener> listeners) {
        if (!LOG.isDebugEnabled()) {
            return listeners;
        }
        List<InferenceListener> more = new ArrayList<>(listeners);
        more.add(new DecisionLog());
        return more;
    }

    @Override
    public void onAnswer(MarketSnapshot snapshot, Inference answer) {
        LOG.debug("decision {}: {}, {} ns", answer.decisionId(), answer, answer.latencyNanos());
    }

    @Override
    public void onRevision(MarketSnapshot snapshot, Inference revision) {
        LOG.debug("revision {}: {}, {} ns", revision.decisionId(), revision, revision.latencyNanos());
    }
}
