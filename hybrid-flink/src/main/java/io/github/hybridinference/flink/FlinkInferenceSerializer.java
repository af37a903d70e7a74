package io.github.hybridinference.flink;

import io.github.hybridinference.model.InferenceRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes {@link FlinkInference} in a form that begins with its number, so that state of an older form stays readable. */
final class FlinkInferenceSerializer extends TypeSerializerSingleton<FlinkInference> {
    private static final long serialVersionUID = 1L;
    private static final int FORM = 1;

    /** Named in Flink's state; public since Flink makes it by reflection. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<FlinkInference> {
        public Snapshot() {
            super(FlinkInferenceSerializer::new);
        }
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    /** Flink asks for one; no code ever sees it as an answer. */
    @Override
    public FlinkInference createInstance() {
        return new FlinkInference(
                "",
                "",
                0,
                new InferenceRecord(
                        "", "", 0, "", null, null, "", "", "", "", null, null, null, 0, null, 0, "", 0, null, Map.of(),
                        ""));
    }

    @Override
    public FlinkInference copy(FlinkInference from) {
        return from;
    }

    @Override
    public FlinkInference copy(FlinkInference from, FlinkInference reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(FlinkInference value, DataOutputView out) throws IOException {
        InferenceRecord answer = value.inference();
        out.writeByte(FORM);
        write(value.symbol(), out);
        write(value.timeframe(), out);
        out.writeLong(value.timeMs());
        write(answer.decision_id(), out);
        write(answer.signal(), out);
        out.writeDouble(answer.confidence());
        write(answer.risk_level(), out);
        write(answer.stop_loss_pct(), out);
        write(answer.take_profit_pct(), out);
        write(answer.reasoning(), out);
        write(answer.source(), out);
        write(answer.scenario(), out);
        write(answer.scenario_reason(), out);
        write(answer.degradation(), out);
        write(answer.model(), out);
        write(answer.prompt_version(), out);
        out.writeDouble(answer.latency_ms());
        write(answer.cost_usd(), out);
        out.writeLong(answer.tokens());
        write(answer.valid_until(), out);
        out.writeInt(answer.fields_dropped());
        write(answer.system_fingerprint(), out);
        out.writeInt(answer.evidence().size());
        for (Map.Entry<String, Double> figure : answer.evidence().entrySet()) {
            write(figure.getKey(), out);
            out.writeDouble(figure.getValue());
        }
        write(answer.commentary(), out);
    }

    @Override
    public FlinkInference deserialize(DataInputView in) throws IOException {
        int form = in.readByte();
        if (form != FORM) {
            throw new IOException(
                    "an answer is of form " + form + ", which this version of hybrid-flink does not read");
        }
        return new FlinkInference(text(in), text(in), in.readLong(), answer(in));
    }

    private static InferenceRecord answer(DataInputView in) throws IOException {
        return new InferenceRecord(
                text(in),
                text(in),
                in.readDouble(),
                text(in),
                number(in),
                number(in),
                text(in),
                text(in),
                text(in),
                text(in),
                optionalText(in),
                optionalText(in),
                optionalText(in),
                in.readDouble(),
                number(in),
                in.readLong(),
                text(in),
                in.readInt(),
                optionalText(in),
                evidence(in),
                text(in));
    }

    private static Map<String, Double> evidence(DataInputView in) throws IOException {
        int count = in.readInt();
        Map<String, Double> figures = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            figures.put(text(in), in.readDouble());
        }
        return figures;
    }

    @Override
    public FlinkInference deserialize(FlinkInference reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<FlinkInference> snapshotConfiguration() {
        return new Snapshot();
    }

    /** {@code writeUTF} would refuse more than 64 KB. */
    private static void write(@Nullable String text, DataOutputView out) throws IOException {
        StringValue.writeString(text, out);
    }

    private static @Nullable String optionalText(DataInputView in) throws IOException {
        return StringValue.readString(in);
    }

    private static String text(DataInputView in) throws IOException {
        String text = StringValue.readString(in);
        if (text == null) {
            throw new IOException("an answer lacks a text that every answer has");
        }
        return text;
    }

    private static void write(@Nullable Double number, DataOutputView out) throws IOException {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeDouble(number);
        }
    }

    private static @Nullable Double number(DataInputView in) throws IOException {
        return in.readBoolean() ? (Double) in.readDouble() : null;
    }
}
