package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;

/**
 * Decides what of a model's reply is believed. A reply is untrusted input: it is accepted whole or rejected with a
 * problem, and a rejection is never read as HOLD.
 *
 * <p>Implementations are called by many threads at once, must be thread-safe and must not throw.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ReplyVerifier {
    /** What came of a reply. */
    sealed interface Verification {}

    /**
     * The reply is believed.
     *
     * @param signal what it advises
     */
    record Accepted(TradingSignal signal) implements Verification {}

    /**
     * The reply is not believed.
     *
     * @param problem why
     */
    record Rejected(ReplyProblem problem) implements Verification {}

    /**
     * Verifies a reply.
     *
     * @param reply what the model sent back
     * @param sent what it had been told
     * @return accepted or rejected
     */
    Verification verify(RemoteReply reply, AnonymizedSnapshot sent);

    /**
     * Returns the verifier of the reply format {@code {"action","confidence","risk","stop_loss_pct","take_profit_pct",
     * "evidence","reasoning"}}.
     *
     * @return a shared instance, which accepts replies without evidence and writes English
     */
    static StrictReplyVerifier standard() {
        return StrictReplyVerifier.STANDARD;
    }
}
