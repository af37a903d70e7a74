package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply.Finish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteReplyTest {
    @ParameterizedTest
    @ValueSource(strings = {"fp_44709d6fcb", "vllm-0.11.0-H100-tp8-bf16-a3b21f94", "a+b|judge=c", "b3-1234(5)"})
    void keepsAFingerprint(String fingerprint) {
        assertThat(reply(fingerprint).fingerprint()).isEqualTo(fingerprint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "fp 1",
                "fp\n1",
                "fp\u0000",
                "<b>fp</b>",
                "fp\"",
                "fp'",
                "f&p",
                "f\\p",
                "\u6307\u7eb9",
                "fp\u007f"
            })
    void dropsWhatIsNone(String fingerprint) {
        assertThat(reply(fingerprint).fingerprint()).isNull();
    }

    @Test
    void dropsALongOne() {
        assertThat(reply("x".repeat(64)).fingerprint()).hasSize(64);
        assertThat(reply("x".repeat(65)).fingerprint()).isNull();
    }

    private static RemoteReply reply(String fingerprint) {
        return new RemoteReply("", Finish.STOP, Usage.NONE, "m", fingerprint);
    }
}
