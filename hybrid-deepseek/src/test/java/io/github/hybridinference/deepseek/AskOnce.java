package io.github.hybridinference.deepseek;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.testing.LogCapture;
import java.time.Duration;

/** Asks once, with the settings of the environment, and prints the answer and all that was logged. */
final class AskOnce {
    private AskOnce() {}

    public static void main(String[] args) {
        try (LogCapture log = new LogCapture();
                InferenceEngine engine = InferenceEngine.builder()
                        .remote(DeepSeek.fromEnv())
                        .timeout(Duration.ofMinutes(2))
                        .ownParts()
                        .build()) {
            engine.warmUp();
            Inference answer = engine.infer(Texts.secretive().rsi(50).build());
            System.out.println("source=" + answer.source() + " " + answer);
            System.out.println(log.text());
        }
    }
}
