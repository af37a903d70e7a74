package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.Dialect.Effort;
import io.github.hybridinference.remote.Dialect.Output;
import io.github.hybridinference.remote.Dialect.Thinking;
import io.github.hybridinference.reply.ReplyVerifier;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialectOptionsTest {
    @ParameterizedTest
    @CsvSource({"MINIMAL,low", "LOW,low", "MEDIUM,high", "HIGH,high", "XHIGH,high", "MAX,max"})
    void spellsAnEffortAsDeepSeekReadsIt(Effort effort, String spelled) {
        assertThat(Dialect.DEEPSEEK.withEffort(effort).reasoningEffort()).contains(spelled);
    }

    @ParameterizedTest
    @EnumSource(value = Effort.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void leavesRoomForThoughts(Effort effort) {
        assertThat(ChatSettings.of("h", Dialect.DEEPSEEK.withEffort(effort), null, null, null, null, null)
                        .maxOutputTokens())
                .isEqualTo(4_096);
        assertThat(ChatSettings.of("h", Dialect.DEEPSEEK, null, null, null, null, null)
                        .maxOutputTokens())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(
            value = Thinking.class,
            names = {"UNSAID", "TYPE", "TOP_LEVEL_FLAG", "TEMPLATE_FLAG"})
    void refusesAnEffortThatTheFieldCannotSay(Thinking field) {
        Dialect dialect = Dialect.named("gateway", "").withThinking(field);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> dialect.withEffort(Effort.HIGH))
                .withMessageContaining(field.name());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialect.DEEPSEEK.withEffort(Effort.HIGH).withThinking(field))
                .withMessageContaining(field.name());
        assertThat(dialect.withEffort(Effort.DEFAULT).thinks()).isTrue();
    }

    @Test
    void neverSendsASchemaToDeepSeek() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dialect.DEEPSEEK.withOutput(Output.JSON_SCHEMA))
                .withMessageContaining("json_schema");
        assertThat(Dialect.VLLM.withOutput(Output.JSON_SCHEMA).output()).isEqualTo(Output.JSON_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 2.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesATemperatureOutOfRange(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dialect.OPENAI.withTemperature(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "k:v"})
    void refusesMalformedNames(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Dialect.named(name, "https://llm.example.com/v1"));
        assertThatIllegalArgumentException().isThrownBy(() -> Dialect.OPENAI.withKeyHeader(name));
    }

    @Test
    void tellsApartWhateverShapesAReply() {
        Dialect base = Dialect.named("gateway", "").withThinking(Thinking.EFFORT);
        Set<String> seen = new HashSet<>();
        assertThat(seen.add(base.parameters())).isTrue();
        assertThat(seen.add(base.withEffort(Effort.DEFAULT).parameters())).isTrue();
        assertThat(seen.add(base.withEffort(Effort.LOW).parameters())).isTrue();
        assertThat(seen.add(base.withThinking(Thinking.TYPE).parameters())).isTrue();
        assertThat(seen.add(base.withOutput(Output.TEXT).parameters())).isTrue();
        assertThat(seen.add(base.withOutput(Output.JSON_SCHEMA).parameters())).isTrue();
        assertThat(seen.add(base.withoutTemperature().parameters())).isTrue();
        assertThat(seen.add(base.withTemperature(0.6).parameters())).isTrue();
        assertThat(base.withTemperature(-0.0).parameters()).isEqualTo(base.parameters());
    }

    @Test
    void theSchemaNamesTheFieldsOfThePrompt() throws Exception {
        JsonNode schema = new ObjectMapper().readTree(ReplySchema.JSON);

        Set<String> fields = new HashSet<>();
        schema.path("properties").fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .isNotEmpty()
                .allSatisfy(field -> assertThat(ChatPrompt.STANDARD.text()).contains('"' + field + '"'));
        assertThat(StreamSupport.stream(schema.path("required").spliterator(), false)
                        .map(JsonNode::asText))
                .containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void aHoldOfTheSchemaIsAccepted() {
        RemoteReply hold = new RemoteReply(
                "{\"action\":\"HOLD\",\"confidence\":0.5,\"risk\":\"low\",\"stop_loss_pct\":0,\"take_profit_pct\":0,"
                        + "\"reasoning\":\"No direction.\"}",
                RemoteReply.Finish.STOP,
                Usage.NONE,
                "m");

        assertThat(ReplyVerifier.standard()
                        .verify(
                                hold,
                                AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                                        .build()))
                .isInstanceOfSatisfying(
                        ReplyVerifier.Accepted.class,
                        accepted -> assertThat(accepted.signal().action()).isEqualTo(Action.HOLD));
    }

    @Test
    void theQuoteIncludesTheSchema() {
        ChatSettings plain = ChatSettings.of("h", Dialect.VLLM, "m", null, null, null, null);
        ChatSettings schema =
                ChatSettings.of("h", Dialect.VLLM.withOutput(Output.JSON_SCHEMA), "m", null, null, null, null);

        assertThat(plain.moreInputTokens()).isZero();
        assertThat(schema.moreInputTokens()).isEqualTo(ReplySchema.JSON.length());
    }
}
