package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Session;
import java.util.Locale;

/**
 * Writes the user's message of a chat model: timeframe, asset class and session, then the figures in the snapshot's order as
 * one JSON object, and last, if there is one, the complaint about the previous reply. All of it is plain ASCII.
 *
 * <pre>{@code
 * 1h crypto overnight
 * {"rsi_14":27,"adx_14":32,"%":{"ema_20_dist":-1.2}}
 * }</pre>
 *
 * <p>Figures whose names end in {@code _pct} are written without it in an object of their own, which saves a tenth of the
 * tokens. No figure can be called {@code %}, so names do not collide.
 *
 * @since 0.1.0
 */
public final class ChatQuestion {
    private static final int USUAL_LENGTH = 1_024;
    private static final String PERCENT = "_pct";

    private ChatQuestion() {}

    /**
     * Writes the message.
     *
     * @param request what is asked
     * @return the text, as it is shown to the model; not yet escaped for the JSON that it is sent in
     */
    public static CharSequence of(RemoteRequest request) {
        AnonymizedSnapshot snapshot = request.snapshot();
        StringBuilder out = new StringBuilder(USUAL_LENGTH);
        out.append(snapshot.timeframe().code());
        if (snapshot.assetClass() != AssetClass.UNKNOWN) {
            out.append(' ').append(word(snapshot.assetClass()));
        }
        if (snapshot.session() != Session.UNKNOWN) {
            out.append(' ').append(word(snapshot.session()));
        }
        out.append("\n{");
        writeFigures(snapshot, out);
        out.append('}');
        String complaint = request.complaint().map(ReplyProblem::complaint).orElse("");
        if (!complaint.isEmpty()) {
            out.append('\n').append(complaint);
        }
        return out;
    }

    private static void writeFigures(AnonymizedSnapshot snapshot, StringBuilder out) {
        int percents = 0;
        String separator = "";
        for (int i = 0; i < snapshot.size(); i++) {
            String name = snapshot.feature(i).name();
            if (name.endsWith(PERCENT)) {
                percents++;
            } else {
                writeFigure(separator, name, snapshot, i, out);
                separator = ",";
            }
        }
        if (percents == 0) {
            return;
        }
        out.append(separator).append("\"%\":{");
        separator = "";
        for (int i = 0; i < snapshot.size(); i++) {
            String name = snapshot.feature(i).name();
            if (name.endsWith(PERCENT)) {
                writeFigure(separator, name.substring(0, name.length() - PERCENT.length()), snapshot, i, out);
                separator = ",";
            }
        }
        out.append('}');
    }

    private static void writeFigure(
            String separator, String name, AnonymizedSnapshot snapshot, int index, StringBuilder out) {
        out.append(separator).append('"').append(name).append("\":");
        snapshot.appendValue(index, out);
    }

    private static String word(Enum<?> closed) {
        return closed.name().toLowerCase(Locale.ROOT);
    }
}
