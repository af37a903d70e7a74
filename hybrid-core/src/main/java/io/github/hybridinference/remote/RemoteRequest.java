package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Deadline;
import java.util.Objects;
import java.util.Optional;

/**
 * One attempt's question.
 *
 * @param snapshot all that may be told
 * @param complaint what was wrong with the reply to the previous attempt, to be said at the end of the last message
 * @param deadline by when the attempt must be over, connecting and reading included
 * @param decisionId under which an audit of what left is kept; never sent
 */
public record RemoteRequest(
        AnonymizedSnapshot snapshot, Optional<ReplyProblem> complaint, Deadline deadline, String decisionId) {
    /**
     * Checks that all are there.
     *
     * @param snapshot all that may be told
     * @param complaint what was wrong with the reply to the previous attempt
     * @param deadline by when the attempt must be over
     * @param decisionId under which an audit of what left is kept
     */
    public RemoteRequest {
        Objects.requireNonNull(snapshot, "snapshot");
        Objects.requireNonNull(complaint, "complaint");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(decisionId, "decisionId");
    }
}
