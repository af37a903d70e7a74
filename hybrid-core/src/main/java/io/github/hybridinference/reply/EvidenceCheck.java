package io.github.hybridinference.reply;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.reply.ReplyFields.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the figures that a model says it relied on with those that were sent. All are compared; the first
 * {@value TradingSignal#MAX_EVIDENCE} are kept, with the value that was sent.
 */
final class EvidenceCheck {
    private static final String PERCENT = "_pct";
    private static final double FLOATING_ERROR = 1e-9;

    /** More than any step has. */
    private static final double DECIMALS = 1e9;

    private static final double LARGEST_WITH_DECIMALS = 1e6;

    private EvidenceCheck() {}

    /**
     * Verifies claims.
     *
     * @throws UnusableReply if a claim names a figure that was not sent, or another value than was sent
     */
    static List<Evidence> verified(List<Claim> claims, AnonymizedSnapshot sent) throws UnusableReply {
        List<Evidence> verified = new ArrayList<>(TradingSignal.MAX_EVIDENCE);
        for (Claim claim : claims) {
            int index = indexOf(claim, sent);
            if (index < 0 || !agrees(claim.value(), sent.value(index), sent.step(index))) {
                throw new UnusableReply(ReplyProblem.CONTRADICTED);
            }
            if (verified.size() < TradingSignal.MAX_EVIDENCE) {
                addUnlessThere(evidence(index, sent), verified);
            }
        }
        return verified;
    }

    private static boolean agrees(double claimed, double sent, double step) {
        return Math.abs(claimed - sent) <= step + FLOATING_ERROR;
    }

    /** The figure may be named as it is sent, without the ending of percentages, or in full. */
    private static int indexOf(Claim claim, AnonymizedSnapshot sent) {
        int withoutEnding = -1;
        for (int i = 0; i < sent.size(); i++) {
            String name = sent.feature(i).name();
            boolean percent = name.endsWith(PERCENT);
            if (name.equals(claim.name()) && (percent || !claim.percent())) {
                return i;
            }
            if (percent && name.length() == claim.name().length() + PERCENT.length() && name.startsWith(claim.name())) {
                withoutEnding = i;
            }
        }
        return withoutEnding;
    }

    /** With the decimal value that went on the wire: that in memory may have the error of its floating point. */
    private static Evidence evidence(int index, AnonymizedSnapshot sent) {
        double value = sent.value(index);
        boolean hasDecimals = Math.abs(value) < LARGEST_WITH_DECIMALS;
        return new Evidence(
                sent.feature(index).name(), hasDecimals ? Math.rint(value * DECIMALS) / DECIMALS : Math.rint(value));
    }

    private static void addUnlessThere(Evidence figure, List<Evidence> verified) {
        if (!verified.contains(figure)) {
            verified.add(figure);
        }
    }
}
