package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialectTest {
    static List<Field> presets() {
        return Arrays.stream(Dialect.class.getFields())
                .filter(field -> field.getType() == Dialect.class)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void findsEachPresetByItsNameAndByItsConstant(Field constant) throws Exception {
        Dialect preset = (Dialect) constant.get(null);

        assertThat(Dialect.of(preset.name())).isSameAs(preset);
        assertThat(Dialect.of(constant.getName())).isSameAs(preset);
        assertThat(Dialect.of(" " + preset.name().toUpperCase(Locale.ROOT))).isSameAs(preset);
    }

    @Test
    void listsTheNamesWithoutRepeatingAnUnknownOne() {
        assertThatThrownBy(() -> Dialect.of("sk-canary"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "a dialect is one of deepseek, openai, azure, gemini, gemini-3, qwen, kimi, kimi-thinking, glm, doubao, "
                                + "openrouter, claude, ollama, vllm, llama.cpp");
    }
}
