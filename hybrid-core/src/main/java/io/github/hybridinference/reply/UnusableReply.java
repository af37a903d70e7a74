package io.github.hybridinference.reply;

import io.github.hybridinference.remote.ReplyProblem;

/** Carries a problem from the stage of the verification that saw it to the verifier; never leaves the package. */
final class UnusableReply extends Exception {
    private static final long serialVersionUID = 1L;

    private final ReplyProblem problem;

    UnusableReply(ReplyProblem problem) {
        // neither message nor cause, since both could repeat the reply; no stack trace, since nobody looks at it
        super(null, null, false, false);
        this.problem = problem;
    }

    ReplyProblem problem() {
        return problem;
    }
}
