package io.github.hybridinference.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlinkOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "200, 500, 256, 4, 25", // 200/s for 0.5 s are 100 open, over 4 subtasks
        "201, 500, 256, 4, 26", // rounded up
        "5000, 800, 256, 4, 64", // the engine's limit, shared
        "5000, 800, 256, 3, 85", // rounded down: together never more than the limit
        "0.1, 500, 256, 4, 1",
        "100, 500, 2, 4, 1"
    })
    void capacityIsWhatIsOpenAtOnceWithinTheEnginesLimit(
            double perSecond, long p99Ms, int limit, int subtasks, int capacity) {
        assertThat(FlinkOptions.capacityFor(perSecond, Duration.ofMillis(p99Ms), limit, subtasks))
                .isEqualTo(capacity);
    }

    @Test
    void refusesFiguresThatAreNotPositive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlinkOptions.capacityFor(Double.NaN, Duration.ofMillis(1), 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> FlinkOptions.capacityFor(1, Duration.ZERO, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> FlinkOptions.capacityFor(1, Duration.ofMillis(1), 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> FlinkOptions.capacityFor(1, Duration.ofMillis(1), 1, 0));
        FlinkOptions.Builder builder = FlinkOptions.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.capacity(0))
                .withMessage("capacity must be positive, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.deadline(Duration.ZERO))
                .withMessage("deadline must be PT0.001S to an hour, but is PT0S");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.margin(Duration.ofHours(2)));
        assertThatIllegalArgumentException().isThrownBy(() -> EngineFactory.named(" ", () -> null));
    }

    @Test
    void setsAnOptionOnce() {
        FlinkOptions.Builder builder = FlinkOptions.builder().ordered().capacity(1);
        assertThatIllegalStateException().isThrownBy(builder::ordered);
        assertThatIllegalStateException().isThrownBy(() -> builder.capacity(2));
    }

    @Test
    void flinksTimeOutComesAMarginAfterTheDeadline() {
        assertThat(FlinkOptions.builder()
                        .deadline(Duration.ofSeconds(5))
                        .margin(Duration.ofMillis(300))
                        .build()
                        .flinkTimeoutMs())
                .isEqualTo(5_300);
    }
}
