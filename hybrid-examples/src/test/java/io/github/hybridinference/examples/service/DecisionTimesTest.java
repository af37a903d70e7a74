package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.examples.service.AttemptTimes.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTimesTest {
    private static final long MS = 1_000_000;
    private static final long END = Long.MIN_VALUE + 40 * MS; // the nano clock has just overflowed

    @Test
    void splitsTheTimeOfADecisionWithTwoAttempts() {
        List<Attempt> attempts = List.of(
                attempt(-90, OptionalLong.of(-80), OptionalLong.of(-50)),
                attempt(-45, OptionalLong.of(-44), OptionalLong.of(-4)));

        assertThat(DecisionTimes.of(END, 100 * MS, attempts))
                .containsExactly(
                        new DecisionTimes.Stage("rules, caches, permits, budget", 10),
                        new DecisionTimes.Stage("connection and sending, attempt 1", 10),
                        new DecisionTimes.Stage("the model, attempt 1", 30),
                        new DecisionTimes.Stage("pause before the next attempt", 5),
                        new DecisionTimes.Stage("connection and sending, attempt 2", 1),
                        new DecisionTimes.Stage("the model, attempt 2", 40),
                        new DecisionTimes.Stage("checks of the reply", 4));
    }

    @Test
    void anAttemptThatIsUnderWayTakesTheRest() {
        assertThat(DecisionTimes.of(END, 100 * MS, List.of(attempt(-90, OptionalLong.of(-80), OptionalLong.empty()))))
                .extracting(DecisionTimes.Stage::stage)
                .containsExactly(
                        "rules, caches, permits, budget", "connection and sending", "the model, until the time was up");
        assertThat(DecisionTimes.of(END, 100 * MS, List.of(attempt(-90, OptionalLong.empty(), OptionalLong.empty()))))
                .extracting(DecisionTimes.Stage::stage)
                .containsExactly("rules, caches, permits, budget", "connection and sending");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theStagesAreTogetherTheLatencyInWhateverOrderTheTimesAre(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 500; i++) {
            List<Attempt> attempts = new ArrayList<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                attempts.add(attempt(random.nextInt(-120, 20), time(random), time(random)));
            }

            List<DecisionTimes.Stage> stages = DecisionTimes.of(END, 100 * MS, attempts);

            assertThat(stages).allSatisfy(stage -> assertThat(stage.ms()).isPositive());
            assertThat(stages.stream().mapToDouble(DecisionTimes.Stage::ms).sum())
                    .isCloseTo(100, within(1e-9));
        }
    }

    private static OptionalLong time(SplittableRandom random) {
        return random.nextInt(3) == 0 ? OptionalLong.empty() : OptionalLong.of(random.nextInt(-120, 20));
    }

    /** Times in milliseconds before the answer. */
    private static Attempt attempt(long asked, OptionalLong written, OptionalLong end) {
        return new Attempt(END + asked * MS, at(written), at(end));
    }

    private static OptionalLong at(OptionalLong ms) {
        return ms.isEmpty() ? ms : OptionalLong.of(END + ms.getAsLong() * MS);
    }
}
