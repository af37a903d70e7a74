package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.remote.RemoteQuestion;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.Locale;

/**
 * Writes a question: the closed words, the figures in the order of the wire as one JSON object, and last, if there is one,
 * the complaint about the previous reply.
 *
 * <p>{@code 1h crypto overnight\n{"rsi_14":27,"adx_14":32}}; the words stand outside the object, where no figure's name
 * can collide with theirs.
 */
final class QuestionWriter {
    private static final int USUAL_LENGTH = 1_024;

    private QuestionWriter() {}

    /** The question as the inside of a JSON string. */
    static CharSequence write(RemoteQuestion question) {
        AnonymizedSnapshot snapshot = question.snapshot();
        StringBuilder out = new StringBuilder(USUAL_LENGTH);
        out.append(snapshot.timeframe().code());
        if (snapshot.assetClass() != AssetClass.UNKNOWN) {
            out.append(' ').append(word(snapshot.assetClass()));
        }
        if (snapshot.session() != Session.UNKNOWN) {
            out.append(' ').append(word(snapshot.session()));
        }
        out.append("\\n{");
        for (int i = 0; i < snapshot.size(); i++) {
            out.append(i == 0 ? "\\\"" : ",\\\"")
                    .append(snapshot.feature(i).name())
                    .append("\\\":");
            snapshot.appendValue(i, out);
        }
        out.append('}');
        String complaint = question.complaint().map(ReplyProblem::complaint).orElse("");
        if (!complaint.isEmpty()) {
            out.append("\\n").append(complaint);
        }
        return out;
    }

    private static String word(Enum<?> closed) {
        return closed.name().toLowerCase(Locale.ROOT);
    }
}
