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
            EntryWriter.evidence(json, signal);
            json.writeStringField("reasoning", signal.commentary());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
