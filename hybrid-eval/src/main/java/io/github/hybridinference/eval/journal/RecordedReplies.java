package io.github.hybridinference.eval.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Turns recorded answers back into replies of a model. */
final class RecordedReplies {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The length at which the engine truncates a reasoning. The cut may split a number, which would then read as
     * another one.
     */
    private static final int CUT_AT = 500;

    private RecordedReplies() {}

    static RemoteReply of(JournalEntry entry) {
        Provenance provenance = entry.provenance().orElseThrow();
        return new RemoteReply(
                text(entry.model().orElseThrow()),
                RemoteReply.Finish.STOP,
                provenance.usage(),
                provenance.model(),
                provenance.fingerprint());
    }

    private static String text(TradingSignal signal) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            EntryWriter.signal(json, signal);
            json.writeStringField("reasoning", whole(signal.reasoning()));
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String whole(String reasoning) {
        int lastBlank = reasoning.lastIndexOf(' ');
        return reasoning.length() < CUT_AT || lastBlank < 0 ? reasoning : reasoning.substring(0, lastBlank);
    }
}
