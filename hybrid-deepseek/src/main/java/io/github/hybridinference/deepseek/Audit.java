package io.github.hybridinference.deepseek;

import io.github.hybridinference.audit.EgressLog;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a record of what leaves, if the owner wants one.
 *
 * @param log where to, or null
 * @param recipient host and port
 */
record Audit(@Nullable EgressLog log, String recipient, Clock clock) {
    Audit withoutLog() {
        return new Audit(null, recipient, clock);
    }

    void record(String decisionId, byte[] body) {
        if (log != null) {
            log.record(clock.instant(), recipient, decisionId, body);
        }
    }
}
