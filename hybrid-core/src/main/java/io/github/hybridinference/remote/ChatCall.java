package io.github.hybridinference.remote;

import io.github.hybridinference.model.Deadline;
import java.util.Objects;

/**
 * What a {@link ChatFunction} sends. Immutable and thread-safe.
 *
 * @param system the system message, the same in every call
 * @param user the user's message, plain ASCII
 * @param deadline by when the call must be over; a client with a time limit of its own for a request takes what remains
 * @param decisionId the decision under which an audit records what was sent; never sent
 * @since 0.1.0
 */
public record ChatCall(String system, String user, Deadline deadline, String decisionId) {
    /**
     * Refuses null.
     *
     * @param system the system message
     * @param user the user's message
     * @param deadline by when the call must be over
     * @param decisionId the decision under which an audit records what was sent
     */
    public ChatCall {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(deadline, "deadline");
        Objects.requireNonNull(decisionId, "decisionId");
    }

    /** The sizes only: the user's message holds the caller's figures. */
    @Override
    public String toString() {
        return "ChatCall[" + system.length() + " and " + user.length() + " characters]";
    }
}
