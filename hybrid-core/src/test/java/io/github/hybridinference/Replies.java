package io.github.hybridinference;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteReply.Finish;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.reply.ReplyVerifier;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Replies of a model whose whole language is the word BUY, and the verifier that understands it. */
final class Replies {
    static final String MODEL = "fake-model-of-today";
    static final long COST = 1_000;
    static final Usage USAGE = new Usage(10, 90, 20, 0, OptionalLong.of(COST));
    static final RemoteReply BUY = saying("BUY");
    static final RemoteReply BLANK = saying(" ");
    static final RemoteReply NONSENSE = saying("as an AI I cannot");

    private static final TradingSignal SIGNAL = new TradingSignal(
            Action.BUY, 0.9, RiskLevel.LOW, OptionalDouble.of(2), OptionalDouble.of(4), "Because it says so.");

    private Replies() {}

    static RemoteReply saying(String text) {
        return costing(USAGE, text);
    }

    static RemoteReply costing(Usage usage, String text) {
        return new RemoteReply(text, Finish.STOP, usage, MODEL);
    }

    static ReplyVerifier.Verification verify(RemoteReply reply, AnonymizedSnapshot sent) {
        if (reply.text().equals("BUY")) {
            return new ReplyVerifier.Accepted(SIGNAL);
        }
        return new ReplyVerifier.Rejected(reply.text().isBlank() ? ReplyProblem.BLANK : ReplyProblem.NO_OBJECT);
    }
}
