package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonIOException;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers are written as JSON by every common library, as they are; snapshots by none. */
class AnswersAsJsonTest {
    private static final RuleVerdict RULES = RuleVerdict.of(Action.BUY, 0.87654321, RiskLevel.LOW, "Because.");
    private static final Scenario COMPLEX = Scenario.complex(Scenario.Reason.UNDECIDED);
    private static final TradingSignal ADVICE = TradingSignal.ofModel(
            Action.SELL,
            0.9,
            RiskLevel.HIGH,
            OptionalDouble.of(1.5),
            OptionalDouble.empty(),
            List.of(new Evidence("rsi_14", 35)),
            "Momentum fades.",
            Language.ENGLISH);

    /** JSON libraries as they come, without modules or settings. */
    enum Library {
        JACKSON_2 {
            @Override
            String write(Object value) throws Exception {
                return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
            }

            @Override
            InferenceRecord read(String json) throws Exception {
                return new com.fasterxml.jackson.databind.ObjectMapper().readValue(json, InferenceRecord.class);
            }
        },
        JACKSON_3 {
            @Override
            String write(Object value) {
                return new tools.jackson.databind.ObjectMapper().writeValueAsString(value);
            }

            @Override
            InferenceRecord read(String json) {
                return new tools.jackson.databind.ObjectMapper().readValue(json, InferenceRecord.class);
            }
        },
        GSON {
            @Override
            String write(Object value) {
                return new Gson().toJson(value);
            }

            @Override
            InferenceRecord read(String json) {
                return new Gson().fromJson(json, InferenceRecord.class);
            }
        };

        abstract String write(Object value) throws Exception;

        abstract InferenceRecord read(String json) throws Exception;
    }

    /** Mappers that see fields too, as many applications set them up. */
    interface Writer {
        String write(Object value) throws Exception;
    }

    static Stream<Writer> jacksons() {
        return Stream.of(
                new com.fasterxml.jackson.databind.ObjectMapper()::writeValueAsString,
                new com.fasterxml.jackson.databind.ObjectMapper()
                        .setVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY)::writeValueAsString,
                new tools.jackson.databind.ObjectMapper()::writeValueAsString,
                tools.jackson.databind.json.JsonMapper.builder()
                        .changeDefaultVisibility(
                                checker -> checker.withVisibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.ANY))
                        .build()::writeValueAsString);
    }

    private static Inference remote() {
        return Inference.ofModel(
                () -> "id-1",
                Source.REMOTE,
                RULES,
                COMPLEX,
                ADVICE,
                new Provenance("model", "v1", Instant.EPOCH, new Usage(1, 2, 3, 0, OptionalLong.of(40_000)), "fp_1"),
                1_700_000_000_000L,
                2_500_000);
    }

    private static Inference late(CompletableFuture<Optional<Inference>> revision) {
        return Inference.fallback(() -> "id-2", RULES, COMPLEX, Degradation.TIMEOUT, revision, 1_000, 2_000_000);
    }

    private static InferenceRecord arbitrary(long seed) {
        Random random = new Random(seed);
        return new InferenceRecord(
                text(random),
                text(random),
                random.nextDouble(),
                text(random),
                random.nextBoolean() ? random.nextDouble() : null,
                random.nextBoolean() ? random.nextDouble() * 50 : null,
                text(random),
                text(random),
                text(random),
                text(random),
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? text(random) : null,
                random.nextDouble() * 1e5,
                random.nextBoolean() ? random.nextDouble() * 1e-6 : null,
                random.nextLong(),
                text(random),
                random.nextInt(),
                random.nextBoolean() ? text(random) : null,
                random.nextBoolean() ? Map.of(text(random), random.nextDouble()) : Map.of(),
                text(random));
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(20), 0x20, 0x2100)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    @Test
    void tellsAllOfAnAnswerInPlainTypes() {
        assertThat(remote().withFieldsDropped(3).toRecord())
                .isEqualTo(new InferenceRecord(
                        "id-1",
                        "SELL",
                        0.9,
                        "high",
                        1.5,
                        null,
                        "The model advises SELL on rsi_14 = 35.",
                        "REMOTE",
                        "COMPLEX",
                        "UNDECIDED",
                        null,
                        "model",
                        "v1",
                        2.5,
                        0.00004,
                        6,
                        "2023-11-14T22:13:20Z",
                        3,
                        "fp_1",
                        Map.of("rsi_14", 35.0),
                        "Momentum fades."));
        InferenceRecord late = late(new CompletableFuture<>()).toRecord();
        assertThat(late.degradation()).isEqualTo("TIMEOUT");
        assertThat(late.confidence()).isEqualTo(0.5);
        assertThat(late.model()).isNull();
        assertThat(late.cost_usd()).isZero();
        assertThat(Inference.local(() -> "id", RULES, COMPLEX, null, 1, 2)
                        .toRecord()
                        .confidence())
                .as("four decimals")
                .isEqualTo(0.8765);
    }

    @Test
    void doesNotKnowACostWithoutAPrice() {
        Inference unpriced = Inference.ofModel(
                () -> "id",
                Source.REMOTE,
                RULES,
                COMPLEX,
                ADVICE,
                new Provenance("model", "v1", Instant.EPOCH, new Usage(1, 2, 3, 0, OptionalLong.empty())),
                1,
                2);
        assertThat(unpriced.toRecord().cost_usd()).as("unknown is not zero").isNull();
    }

    @Test
    void keepsItsNames() {
        assertThat(Arrays.stream(InferenceRecord.class.getRecordComponents())
                        .map(component ->
                                component.getName() + " " + component.getType().getSimpleName()))
                .containsExactly(
                        "decision_id String",
                        "signal String",
                        "confidence double",
                        "risk_level String",
                        "stop_loss_pct Double",
                        "take_profit_pct Double",
                        "reasoning String",
                        "source String",
                        "scenario String",
                        "scenario_reason String",
                        "degradation String",
                        "model String",
                        "prompt_version String",
                        "latency_ms double",
                        "cost_usd Double",
                        "tokens long",
                        "valid_until String",
                        "fields_dropped int",
                        "system_fingerprint String",
                        "evidence Map",
                        "commentary String");
    }

    @Test
    void hasNoFigureAndNoTextInItsText() {
        InferenceRecord record = remote().toRecord();
        assertThat(record.toString())
                .contains("decision_id=id-1", "signal=SELL", "source=REMOTE", "cost_usd=4.0E-5")
                .doesNotContain("The model advises", "35", "Momentum");
        assertThat(record).isEqualTo(remote().toRecord()).hasSameHashCodeAs(remote().toRecord());
    }

    @Test
    void namesWhatIsMissing() {
        assertThatNullPointerException()
                .isThrownBy(() -> new InferenceRecord(
                        "id",
                        null,
                        0,
                        "low",
                        null,
                        null,
                        "",
                        "LOCAL",
                        "SIMPLE",
                        "UNDECIDED",
                        null,
                        null,
                        null,
                        0,
                        null,
                        0,
                        "",
                        0,
                        null,
                        Map.of(),
                        ""))
                .withMessage("signal");
    }

    @ParameterizedTest
    @EnumSource
    void isReadAsItWasWritten(Library library) throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            InferenceRecord record = arbitrary(seed);
            assertThat(library.read(library.write(record))).isEqualTo(record);
        }
        for (InferenceRecord record : List.of(remote().toRecord(), late(null).toRecord())) {
            assertThat(library.read(library.write(record))).isEqualTo(record);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadByTheOthersAsItWasWritten(Library library) throws Exception {
        InferenceRecord record = remote().toRecord();
        for (Library other : Library.values()) {
            assertThat(other.read(library.write(record))).isEqualTo(record);
        }
    }

    @Test
    void isWrittenAlikeByAll() throws Exception {
        InferenceRecord record = late(null).toRecord();
        String nulls = new GsonBuilder().serializeNulls().create().toJson(record);
        assertThat(JsonParser.parseString(Library.JACKSON_2.write(record))).isEqualTo(JsonParser.parseString(nulls));
        assertThat(JsonParser.parseString(Library.JACKSON_3.write(record))).isEqualTo(JsonParser.parseString(nulls));
        assertThat(JsonParser.parseString(nulls).getAsJsonObject().keySet()).contains("degradation", "cost_usd");
    }

    @ParameterizedTest
    @MethodSource("jacksons")
    void jacksonWritesAnAnswerAsItsRecord(Writer writer) throws Exception {
        for (Inference answer : List.of(
                remote(),
                late(new CompletableFuture<>()),
                late(CompletableFuture.completedFuture(Optional.of(remote()))),
                Inference.local(() -> "id-3", RULES, COMPLEX, null, 1, 2))) {
            String expected = writer.write(answer.toRecord());
            assertThat(writer.write(answer)).isEqualTo(expected).contains("\"decision_id\":\"" + answer.decisionId());
            assertThat(writer.write(List.of(answer))).isEqualTo("[" + expected + "]");
            assertThat(writer.write(Map.of("answer", answer))).isEqualTo("{\"answer\":" + expected + "}");
        }
    }

    @Test
    void gsonSaysNoToAnAnswerRatherThanWriteHalfOfIt() {
        assertThatThrownBy(() -> new Gson().toJson(late(new CompletableFuture<>())))
                .isInstanceOf(JsonIOException.class);
        assertThatThrownBy(() -> new Gson().toJson(remote())).isInstanceOf(JsonIOException.class);
    }

    private static MarketSnapshot snapshot() {
        return MarketSnapshot.builder("SECRET-PAIR", Timeframe.H1)
                .price(64_120.5)
                .rsi(17.4)
                .macd(-120.3, -98.1)
                .feature("consecutive_up", 3)
                .time(Instant.ofEpochMilli(1_700_000_000_000L))
                .build();
    }

    private static AnonymizedSnapshot anonymized() {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, 17.4)
                .build();
    }

    @ParameterizedTest
    @MethodSource("jacksons")
    void jacksonWritesNoSnapshot(Writer writer) {
        for (Object snapshot : List.of(snapshot(), anonymized(), List.of(snapshot()), Map.of("asked", snapshot()))) {
            assertThatThrownBy(() -> writer.write(snapshot))
                    .hasMessageContaining("snapshot is not written as JSON")
                    .message()
                    .doesNotContain("SECRET-PAIR", "64120", "17.4");
        }
    }

    @Test
    void gsonFindsNothingInASnapshot() {
        Gson gson = new GsonBuilder().serializeSpecialFloatingPointValues().create();
        assertThat(gson.toJson(snapshot())).isEqualTo("{}");
        assertThat(gson.toJson(anonymized())).isEqualTo("{}");
        assertThat(gson.toJson(
                        MarketSnapshot.builder("SECRET-PAIR", Timeframe.H1).price(64_120.5)))
                .doesNotContain("SECRET-PAIR", "64120");
    }

    @Test
    void noSnapshotIsSerializable() {
        for (Object snapshot : List.of(snapshot(), anonymized())) {
            assertThatThrownBy(() -> serialize(snapshot)).isInstanceOf(NotSerializableException.class);
        }
    }

    private static void serialize(Object value) throws IOException {
        try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
            out.writeObject(value);
        }
    }

    @Test
    void noSnapshotTellsItsContentAsText() {
        assertThat(snapshot().toString()).isEqualTo("MarketSnapshot[1h, 5 features]");
        assertThat(anonymized().toString()).doesNotContain("17");
        assertThat(MarketSnapshot.builder("SECRET-PAIR", Timeframe.H1)
                        .price(64_120.5)
                        .toString())
                .doesNotContain("SECRET-PAIR", "64120");
    }

    @Test
    void keepsItsIdWhenFieldsWereDropped() {
        Inference answer = Inference.local(Ids.counting(), RULES, COMPLEX, null, 1, 2);
        Inference counted = answer.withFieldsDropped(7);
        assertThat(counted.decisionId()).isEqualTo(answer.decisionId());
        assertThat(counted.fieldsDropped()).isEqualTo(7);
        assertThat(answer.fieldsDropped()).isZero();
        assertThat(counted.scenario()).isSameAs(answer.scenario());
    }

    /** Ids that differ. */
    private static final class Ids {
        private static java.util.function.Supplier<String> counting() {
            java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();
            return () -> "id-" + next.incrementAndGet();
        }
    }
}
