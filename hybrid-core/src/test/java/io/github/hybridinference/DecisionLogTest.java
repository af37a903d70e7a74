package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.hybridinference.testing.FakeModel;
import org.junit.jupiter.api.Test;

/** Decisions at debug level. */
class DecisionLogTest {
    @Test
    void tellsOfEachDecisionAndNothingOfWhatWasAsked() {
        try (LogProbe log = new LogProbe(Level.DEBUG);
                Bench bench = new Bench()) {
            bench.model.then(FakeModel.replying(Replies.BUY));
            String simple = bench.ask(Snapshots.simple()).decisionId();
            String complex = bench.ask(Snapshots.complex(1)).decisionId();

            assertThat(log.at(Level.DEBUG)).hasSize(2);
            assertThat(log.at(Level.DEBUG).get(0)).startsWith("decision " + simple + ": Inference[BUY, LOCAL, ");
            assertThat(log.at(Level.DEBUG).get(1)).startsWith("decision " + complex + ": Inference[BUY, REMOTE, ");
            assertThat(log.at(Level.DEBUG))
                    .noneMatch(line -> line.contains(Snapshots.simple().symbol()));
        }
    }

    @Test
    void isSilentOtherwise() {
        try (LogProbe log = new LogProbe(Level.INFO);
                Bench bench = new Bench()) {
            bench.ask(Snapshots.simple());

            assertThat(log.at(Level.DEBUG)).isEmpty();
        }
    }
}
