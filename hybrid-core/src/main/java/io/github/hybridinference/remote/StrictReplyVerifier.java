package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;

/** Placeholder until the verifier is written; rejects everything. */
enum StrictReplyVerifier implements ReplyVerifier {
    INSTANCE;

    @Override
    public Verification verify(RemoteReply reply, AnonymizedSnapshot sent) {
        return new Rejected(ReplyProblem.NO_OBJECT);
    }
}
