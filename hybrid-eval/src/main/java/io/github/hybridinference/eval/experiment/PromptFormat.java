package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Session;
import java.util.Locale;

/** Writes a snapshot as the user message that the DeepSeek adapter sends. */
final class PromptFormat {
    private static final String PERCENT = "_pct";

    private PromptFormat() {}

    static String of(AnonymizedSnapshot snapshot) {
        StringBuilder out = new StringBuilder(snapshot.timeframe().code());
        if (snapshot.assetClass() != AssetClass.UNKNOWN) {
            out.append(' ').append(snapshot.assetClass().name().toLowerCase(Locale.ROOT));
        }
        if (snapshot.session() != Session.UNKNOWN) {
            out.append(' ').append(snapshot.session().name().toLowerCase(Locale.ROOT));
        }
        StringBuilder plain = new StringBuilder();
        StringBuilder percents = new StringBuilder();
        for (int i = 0; i < snapshot.size(); i++) {
            String name = snapshot.feature(i).name();
            boolean percent = name.endsWith(PERCENT);
            String shown = percent ? name.substring(0, name.length() - PERCENT.length()) : name;
            append(percent ? percents : plain, shown, snapshot, i);
        }
        out.append("\n{").append(plain);
        if (!percents.isEmpty()) {
            out.append(plain.isEmpty() ? "" : ",")
                    .append("\"%\":{")
                    .append(percents)
                    .append('}');
        }
        return out.append('}').toString();
    }

    private static void append(StringBuilder to, String name, AnonymizedSnapshot snapshot, int index) {
        to.append(to.isEmpty() ? "\"" : ",\"").append(name).append("\":");
        snapshot.appendValue(index, to);
    }
}
