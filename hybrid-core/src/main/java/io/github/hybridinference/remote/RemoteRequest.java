package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import java.util.Objects;
import java.util.Optional;

/**
 * What one attempt sends to a model.
 *
 * @param snapshot all that may be sent of the market
 * @param complaint what was wrong with the reply to the previous attempt, to be added at the end of the last message
 * @param deadline by when the attempt must be over, connecting and reading included
 * @param decisionId the decision under which an audit records what was sent; never sent
 * @since 0.1.0
 */
public record RemoteRequest(
        AnonymizedSnapshot snapshot, Optional<ReplyProblem> complaint, Deadline deadline, String decisionId) {
    /**
     * Checks that all are there.
     *
     * @param snapshot all that may be sent of the market
     * @param complaint what was wrong with the reply to the previous attempt
     * @param deadline by when the attempt must be over
     * @param decisionId the decision under which an audit records what was sent
     */
    public RemoteRequest {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(complaint, "complaint");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(decisionId, "decisionId");
    }
}
