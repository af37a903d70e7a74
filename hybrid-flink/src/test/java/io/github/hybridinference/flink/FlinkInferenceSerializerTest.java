package io.github.hybridinference.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.model.InferenceRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlinkInferenceSerializerTest {
    private final TypeSerializer<FlinkInference> serializer =
            TypeInformation.of(FlinkInference.class).createSerializer(new SerializerConfigImpl());

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsWhatItWrote(long seed) throws IOException {
        FlinkInference written = random(new Random(seed));
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(written, out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
        DataInputDeserializer in = new DataInputDeserializer(copied.getCopyOfBuffer());
        FlinkInference read = serializer.deserialize(in);
        assertThat(read).isEqualTo(written);
        assertThat(read.inference().evidence().keySet())
                .containsExactlyElementsOf(written.inference().evidence().keySet());
        assertThat(in.available()).isZero();
    }

    @Test
    void refusesAFormThatItDoesNotKnow() throws IOException {
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(new byte[] {2})))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("form 2");
    }

    @Test
    void stateNamesASerializerThatFlinkCanMakeAgain() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
        TypeSerializerSnapshot<FlinkInference> restored = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
        assertThat(serializer
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(restored)
                        .isCompatibleAsIs())
                .isTrue();
        assertThat(restored.restoreSerializer()).isEqualTo(serializer);
    }

    private static FlinkInference random(Random random) {
        Map<String, Double> evidence = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            evidence.put("figure_" + random.nextInt(1_000), random.nextDouble());
        }
        return new FlinkInference(
                "S" + random.nextInt(),
                "5m",
                random.nextLong(),
                new InferenceRecord(
                        text(random),
                        "BUY",
                        random.nextDouble(),
                        "low",
                        random.nextBoolean() ? null : random.nextDouble(),
                        random.nextBoolean() ? null : random.nextDouble(),
                        text(random),
                        "REMOTE",
                        "COMPLEX",
                        "CUSTOM",
                        random.nextBoolean() ? null : "TIMEOUT",
                        random.nextBoolean() ? null : text(random),
                        random.nextBoolean() ? null : text(random),
                        random.nextDouble(),
                        random.nextBoolean() ? null : random.nextDouble(),
                        random.nextLong(),
                        text(random),
                        random.nextInt(),
                        random.nextBoolean() ? null : text(random),
                        evidence,
                        text(random)));
    }

    /** Also beyond ASCII, and now and then longer than writeUTF takes. */
    private static String text(Random random) {
        return (random.nextBoolean() ? "signal " : "信号 ").repeat(random.nextInt(20) == 0 ? 20_000 : random.nextInt(5));
    }
}
