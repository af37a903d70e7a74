package io.github.hybridinference.lab.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BurstScenarioTest {
    private static BurstScenario.Result result(long errors, long refused, double highestUsd) throws IOException {
        ObjectNode answers =
                new AnswerStatistics().toJson().put("errors", errors).put("refused", refused);
        RoundResult round = new RoundResult(AnswerStatistics.read(answers), 1, 0, 0, 0);
        return new BurstScenario.Result(List.of(round), 0.02, 0.01, highestUsd, 0.0003, 100);
    }

    @Test
    void countsRefusalsAsErrorsWhileThereIsRoomUnderTheCap() throws IOException {
        assertThat(result(1, 5, 0.0193).errors()).isEqualTo(6);
    }

    @Test
    void expectsRefusalsOnceTheCapIsUsedUp() throws IOException {
        assertThat(result(1, 5, 0.0198).errors()).isEqualTo(1);
    }

    @Test
    void seesWhenTheCapIsExceeded() throws IOException {
        assertThat(result(0, 0, 0.02).isCapKept()).isTrue();
        assertThat(result(0, 0, 0.020001).isCapKept()).isFalse();
    }
}
