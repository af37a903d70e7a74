package io.github.hybridinference.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** What Flink knows of {@link FlinkInference}: a value without fields of Flink's, with a serializer of its own. */
final class FlinkInferenceTypeInfo extends TypeInformation<FlinkInference> {
    private static final long serialVersionUID = 1L;

    /** Named by the annotation of {@link FlinkInference}; public since Flink makes it by reflection. */
    public static final class Factory extends TypeInfoFactory<FlinkInference> {
        @Override
        public TypeInformation<FlinkInference> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> genericParameters) {
            return new FlinkInferenceTypeInfo();
        }
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<FlinkInference> getTypeClass() {
        return FlinkInference.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<FlinkInference> createSerializer(SerializerConfig config) {
        return new FlinkInferenceSerializer();
    }

    @Override
    public boolean canEqual(@Nullable Object other) {
        return other instanceof FlinkInferenceTypeInfo;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return canEqual(other);
    }

    @Override
    public int hashCode() {
        return FlinkInferenceTypeInfo.class.hashCode();
    }

    @Override
    public String toString() {
        return "FlinkInference";
    }
}
