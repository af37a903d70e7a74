package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignmentTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    @Test
    void drawsAlikeInEveryProcess() {
        Assignment assignment = new Assignment("prompt 8", 0.5);
        StringBuilder arms = new StringBuilder();
        for (int day = 0; day < 16; day++) {
            arms.append(assignment.armOf("BTC-USDT", DAY.plusDays(day)));
        }
        assertThat(arms).hasToString("AAAAABAABAABABAB");
    }

    @Test
    void drawsTheShareItWasTold() {
        for (double share : new double[] {0.1, 0.5, 0.9}) {
            Assignment assignment = new Assignment("x", share);
            long b = IntStream.range(0, 10_000)
                    .filter(day -> assignment.armOf("ETH-USDT", DAY.plusDays(day)) == Arm.B)
                    .count();
            assertThat(b / 10_000.0).isEqualTo(share, within(0.02));
        }
    }

    @Test
    void drawsSymbolsAndExperimentsIndependently() {
        Assignment one = new Assignment("one", 0.5);
        Assignment two = new Assignment("two", 0.5);
        int alikeSymbols = 0;
        int alikeExperiments = 0;
        for (int day = 0; day < 10_000; day++) {
            LocalDate date = DAY.plusDays(day);
            alikeSymbols += one.armOf("A", date) == one.armOf("B", date) ? 1 : 0;
            alikeExperiments += one.armOf("A", date) == two.armOf("A", date) ? 1 : 0;
        }
        assertThat(alikeSymbols / 10_000.0).isEqualTo(0.5, within(0.02));
        assertThat(alikeExperiments / 10_000.0).isEqualTo(0.5, within(0.02));
    }
}
