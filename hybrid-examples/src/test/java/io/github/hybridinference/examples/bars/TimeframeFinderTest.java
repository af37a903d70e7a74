package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.eval.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeframeFinderTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT5M", "PT15M", "PT1H", "PT4H", "P1D"})
    void findsTheLengthDespiteGaps(Duration length) {
        long step = length.toMinutes();

        assertThat(TimeframeFinder.find(barsAt(0, step, 2 * step, 9 * step, 10 * step, 30 * step)))
                .contains(length);
    }

    @Test
    void takesTheShorterOfTwoThatAreEquallyCommon() {
        assertThat(TimeframeFinder.find(barsAt(0, 1440, 1500))).contains(Duration.ofHours(1));
    }

    @Test
    void findsNothingInOneBarOrInALengthThatIsNotSupported() {
        assertThat(TimeframeFinder.find(List.of())).isEmpty();
        assertThat(TimeframeFinder.find(barsAt(0))).isEmpty();
        assertThat(TimeframeFinder.find(barsAt(0, 30, 60, 120))).isEmpty();
    }

    private static List<Bar> barsAt(long... minutes) {
        return LongStream.of(minutes)
                .mapToObj(m -> new Bar(Instant.EPOCH.plus(Duration.ofMinutes(m)), 1, 1, 1, 1, 0))
                .toList();
    }
}
