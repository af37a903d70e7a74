package io.github.hybridinference.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BurstTest {
    private static Burst.Measured measured(long errors, long refused, double highestUsd) throws IOException {
        ObjectNode answers = new Answers().toJson().put("errors", errors).put("refused", refused);
        Round round = new Round(Answers.read(answers), 1, 0, 0, 0);
        return new Burst.Measured(List.of(round), 0.02, 0.01, highestUsd, 0.0003, 100);
    }

    @Test
    void takesRefusalsForErrorsWhileThereIsRoomUnderTheCap() throws IOException {
        assertThat(measured(1, 5, 0.0193).errors()).isEqualTo(6);
    }

    @Test
    void expectsRefusalsOnceTheCapIsUsedUp() throws IOException {
        assertThat(measured(1, 5, 0.0198).errors()).isEqualTo(1);
    }

    @Test
    void findsTheCapPassed() throws IOException {
        assertThat(measured(0, 0, 0.02).isCapKept()).isTrue();
        assertThat(measured(0, 0, 0.020001).isCapKept()).isFalse();
    }
}
