package io.github.hybridinference.eval.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Writes entries as JSON, one per line. Empty values are left out. */
final class EntryWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_BYTES = 1_024;

    private EntryWriter() {}

    static byte[] line(JournalEntry entry) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_BYTES);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField(JournalFormat.FIELD, JournalFormat.VERSION); // first, where it is found soonest
            json.writeStringField("id", entry.decisionId());
            json.writeStringField("bar", entry.barTime().toString());
            if (entry.symbol().isPresent()) {
                json.writeStringField("symbol", entry.symbol().get());
            }
            json.writeStringField("scenario", entry.scenario().kind().name());
            json.writeStringField("reason", entry.scenario().reason().name());
            if (isDrawn(entry.scenario())) {
                json.writeNumberField("propensity", entry.scenario().propensity());
            }
            json.writeStringField("source", entry.source().name());
            if (entry.degradation().isPresent()) {
                json.writeStringField("degradation", entry.degradation().get().name());
            }
            if (entry.late()) {
                json.writeBooleanField("late", true);
            }
            json.writeNumberField("latency_ns", entry.latency().toNanos());
            rules(json, entry.rules());
            if (entry.model().isPresent()) {
                json.writeObjectFieldStart("model");
                signal(json, entry.model().get());
                json.writeStringField("reasoning", entry.model().get().reasoning());
                evidence(json, entry.model().get());
                if (!entry.model().get().commentary().isEmpty()) {
                    json.writeStringField("commentary", entry.model().get().commentary());
                }
                json.writeEndObject();
            }
            if (entry.asked().isPresent()) {
                asked(json, entry.asked().get());
            }
            if (entry.provenance().isPresent()) {
                provenance(json, entry.provenance().get());
            }
            snapshot(json, entry.snapshot());
            json.writeEndObject();
            json.writeRaw('\n');
        }
        return line.toByteArray();
    }

    /** Whether chance had a part in it; a reader takes 1 for COMPLEX and 0 for SIMPLE where nothing is said. */
    private static boolean isDrawn(Scenario scenario) {
        return !scenario.equals(new Scenario(scenario.kind(), scenario.reason()));
    }

    private static void rules(JsonGenerator json, JournalEntry.Rules rules) throws IOException {
        json.writeObjectFieldStart("rules");
        signal(json, rules.signal());
        json.writeNumberField("score", rules.score());
        json.writeNumberField("strongest_buy", rules.strongestBuy());
        json.writeNumberField("strongest_sell", rules.strongestSell());
        json.writeEndObject();
    }

    /** The fields a model's reply has, under the names it has them. */
    static void signal(JsonGenerator json, TradingSignal signal) throws IOException {
        json.writeStringField("action", signal.action().name());
        json.writeNumberField("confidence", signal.confidence());
        json.writeStringField("risk", signal.risk().name());
        if (signal.stopLossPct().isPresent()) {
            json.writeNumberField("stop_loss_pct", signal.stopLossPct().getAsDouble());
        }
        if (signal.takeProfitPct().isPresent()) {
            json.writeNumberField("take_profit_pct", signal.takeProfitPct().getAsDouble());
        }
    }

    /** Writes the evidence as a model gives it, also if there is none: by this field, versions are told apart. */
    static void evidence(JsonGenerator json, TradingSignal signal) throws IOException {
        json.writeObjectFieldStart("evidence");
        for (Evidence figure : signal.evidence()) {
            json.writeFieldName(figure.name());
            json.writeRawValue(figure.valueText());
        }
        json.writeEndObject();
    }

    private static void asked(JsonGenerator json, ModelIdentity asked) throws IOException {
        json.writeObjectFieldStart("asked");
        json.writeStringField("model", asked.model());
        json.writeStringField("prompt_version", asked.promptVersion());
        json.writeStringField("parameters", asked.parameters());
        json.writeEndObject();
    }

    private static void provenance(JsonGenerator json, Provenance provenance) throws IOException {
        Usage usage = provenance.usage();
        json.writeObjectFieldStart("answered");
        json.writeStringField("model", provenance.model());
        json.writeStringField("prompt_version", provenance.promptVersion());
        if (provenance.fingerprint() != null) {
            json.writeStringField("fingerprint", provenance.fingerprint());
        }
        json.writeStringField("at", provenance.answeredAt().toString());
        json.writeNumberField("cached_input_tokens", usage.cachedInputTokens());
        json.writeNumberField("input_tokens", usage.inputTokens());
        json.writeNumberField("output_tokens", usage.outputTokens());
        json.writeNumberField("reasoning_tokens", usage.reasoningTokens());
        if (usage.costNanoUsd().isPresent()) {
            json.writeNumberField("cost_nano_usd", usage.costNanoUsd().getAsLong());
        }
        json.writeEndObject();
    }

    private static void snapshot(JsonGenerator json, AnonymizedSnapshot snapshot) throws IOException {
        json.writeObjectFieldStart("snapshot");
        json.writeStringField("timeframe", snapshot.timeframe().code());
        json.writeStringField("asset_class", snapshot.assetClass().name());
        json.writeStringField("session", snapshot.session().name());
        json.writeStringField("resolution", snapshot.resolution().name());
        json.writeObjectFieldStart("figures");
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < snapshot.size(); i++) {
            value.setLength(0);
            snapshot.appendValue(i, value);
            json.writeFieldName(snapshot.feature(i).toString());
            json.writeRawValue(value.toString());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
