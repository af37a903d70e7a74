package io.github.hybridinference.deepseek;

import io.github.hybridinference.audit.EgressLog;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Writes the body of each request to the egress log, if there is one.
 *
 * @param log the log, or null for none
 * @param recipient host and port of the service
 * @param clock dates the entries
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
