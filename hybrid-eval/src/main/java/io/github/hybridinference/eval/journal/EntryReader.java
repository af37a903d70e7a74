package io.github.hybridinference.eval.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.Provenance;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Session;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads what {@link EntryWriter} wrote. */
final class EntryReader {
    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final Map<String, Feature> custom = new HashMap<>();

    EntryReader(Feature... custom) {
        for (Feature feature : custom) {
            this.custom.put(feature.toString(), feature);
        }
    }

    /** What a line tells of the switch, or empty if it tells of something else or is torn. */
    static Optional<SwitchEntry> readSwitch(String line) {
        try {
            return SwitchEntry.of(JSON.readValue(line));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    /** The entry of a line, or empty if the line is not one. */
    Optional<JournalEntry> read(String line) {
        try {
            return Optional.of(entry(JSON.readValue(line)));
        } catch (JsonProcessingException | IllegalArgumentException | IllegalStateException | DateTimeException torn) {
            return Optional.empty(); // nothing of it is passed on: such messages repeat what they stumbled over
        }
    }

    private JournalEntry entry(JsonNode json) {
        if (!JournalFormat.isKnown(json)) {
            throw new IllegalArgumentException("not a known version");
        }
        return new JournalEntry(
                json.required("id").asText(),
                Instant.parse(json.required("bar").asText()),
                text(json, "symbol"),
                snapshot(json.required("snapshot")),
                scenario(json),
                rules(json.required("rules")),
                Optional.ofNullable(json.get("model")).map(EntryReader::modelSignal),
                word(Source.class, json, "source"),
                text(json, "degradation").map(Degradation::valueOf),
                Optional.ofNullable(json.get("asked")).map(EntryReader::asked),
                Optional.ofNullable(json.get("answered")).map(EntryReader::provenance),
                Duration.ofNanos(json.required("latency_ns").asLong()),
                json.path("late").asBoolean());
    }

    private static Scenario scenario(JsonNode json) {
        Scenario.Kind kind = word(Scenario.Kind.class, json, "scenario");
        Scenario.Reason reason = word(Scenario.Reason.class, json, "reason");
        JsonNode propensity = json.get("propensity");
        return propensity == null ? new Scenario(kind, reason) : new Scenario(kind, reason, propensity.asDouble());
    }

    private AnonymizedSnapshot snapshot(JsonNode json) {
        Timeframe timeframe = Timeframe.find(json.required("timeframe").asText())
                .orElseThrow(() -> new IllegalArgumentException("no such timeframe"));
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(
                        timeframe, word(Resolution.class, json, "resolution"))
                .assetClass(word(AssetClass.class, json, "asset_class"))
                .session(word(Session.class, json, "session"));
        json.required("figures").properties().forEach(figure -> builder.put(feature(figure.getKey()), number(figure)));
        return builder.build();
    }

    private static double number(Map.Entry<String, JsonNode> figure) {
        if (!figure.getValue().isNumber()) {
            throw new IllegalArgumentException("a figure is a number");
        }
        return figure.getValue().asDouble();
    }

    private Feature feature(String name) {
        Feature declared = custom.get(name);
        return declared != null ? declared : Feature.of(name);
    }

    private static JournalEntry.Rules rules(JsonNode json) {
        return new JournalEntry.Rules(
                signal(json),
                json.required("score").asDouble(),
                json.required("strongest_buy").asDouble(),
                json.required("strongest_sell").asDouble());
    }

    private static TradingSignal signal(JsonNode json) {
        return new TradingSignal(
                word(Action.class, json, "action"),
                json.required("confidence").asDouble(),
                word(RiskLevel.class, json, "risk"),
                distance(json, "stop_loss_pct"),
                distance(json, "take_profit_pct"),
                "");
    }

    /** Without the field of evidence, in versions 1 and 2, the reasoning is the model's own text. */
    private static TradingSignal modelSignal(JsonNode json) {
        TradingSignal plain = signal(json);
        String reasoning = json.path("reasoning").asText();
        return json.has("evidence")
                ? new TradingSignal(
                        plain.action(),
                        plain.confidence(),
                        plain.risk(),
                        plain.stopLossPct(),
                        plain.takeProfitPct(),
                        reasoning,
                        evidence(json.get("evidence")),
                        json.path("commentary").asText())
                : TradingSignal.ofModel(
                        plain.action(),
                        plain.confidence(),
                        plain.risk(),
                        plain.stopLossPct(),
                        plain.takeProfitPct(),
                        List.of(),
                        reasoning,
                        Language.ENGLISH);
    }

    private static List<Evidence> evidence(JsonNode json) {
        return json.properties().stream()
                .map(figure -> new Evidence(figure.getKey(), number(figure)))
                .toList();
    }

    private static ModelIdentity asked(JsonNode json) {
        return new ModelIdentity(
                json.required("model").asText(),
                json.required("prompt_version").asText(),
                json.required("parameters").asText());
    }

    private static Provenance provenance(JsonNode json) {
        JsonNode cost = json.get("cost_nano_usd");
        return new Provenance(
                json.required("model").asText(),
                json.required("prompt_version").asText(),
                Instant.parse(json.required("at").asText()),
                new Usage(
                        json.required("cached_input_tokens").asLong(),
                        json.required("input_tokens").asLong(),
                        json.required("output_tokens").asLong(),
                        json.required("reasoning_tokens").asLong(),
                        cost == null ? OptionalLong.empty() : OptionalLong.of(cost.asLong())),
                text(json, "fingerprint").orElse(null));
    }

    private static OptionalDouble distance(JsonNode json, String name) {
        JsonNode value = json.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value.asDouble());
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.ofNullable(json.get(name)).map(JsonNode::asText);
    }

    private static <E extends Enum<E>> E word(Class<E> words, JsonNode json, String name) {
        return Enum.valueOf(words, json.required(name).asText());
    }
}
