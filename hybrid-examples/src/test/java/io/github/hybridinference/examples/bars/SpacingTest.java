package io.github.hybridinference.examples.bars;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.eval.Bar;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpacingTest {
    private static List<Bar> at(LongStream minutes) {
        return atTimes(minutes.mapToObj(m -> Instant.EPOCH.plus(Duration.ofMinutes(m))));
    }

    private static List<Bar> atTimes(Stream<Instant> starts) {
        return starts.map(start -> new Bar(start, 1, 1, 1, 1, 0)).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT3M", "PT5M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H", "P1D", "P7D"})
    void findsTheLengthDespiteGaps(Duration length) {
        long step = length.toMinutes();

        assertThat(Spacing.of(at(LongStream.of(0, step, 2 * step, 9 * step, 10 * step, 30 * step)))
                        .length())
                .isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.3, 0.5, 0.9})
    void findsMinutesOfWhichManyAreMissing(double share) {
        Random random = new Random(7);

        assertThat(Spacing.of(at(LongStream.range(0, 5_000).filter(m -> random.nextDouble() < share)))
                        .length())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void findsSessions() {
        LongStream minutes =
                LongStream.range(0, 20).flatMap(day -> LongStream.range(0, 13).map(i -> 1_440 * day + 570 + 30 * i));

        Spacing spacing = Spacing.of(at(minutes));

        assertThat(spacing.length()).isEqualTo(Duration.ofMinutes(30));
        assertThat(spacing.gaps()).as("nights are no gaps").isZero();
    }

    @Test
    void takesDaysOf23And25HoursForDays() {
        ZoneId zone = ZoneId.of("America/New_York");
        Stream<Instant> days = IntStream.range(0, 365)
                .mapToObj(i ->
                        LocalDate.of(2024, 1, 1).plusDays(i).atStartOfDay(zone).toInstant());

        Spacing spacing = Spacing.of(atTimes(days));

        assertThat(spacing.length()).isEqualTo(Duration.ofDays(1));
        assertThat(spacing.gaps()).isZero();
    }

    @Test
    void takesNoUnitThatManyBarsStandBeside() {
        LongStream minutes =
                LongStream.range(0, 500).flatMap(i -> LongStream.of(10 * i, 10 * i + (i % 5 == 0 ? 5 : 4)));

        assertThat(Spacing.of(at(minutes)).length()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void takesAWeekendForNoGap() {
        Stream<Instant> days = Stream.of(1, 2, 5, 6, 7, 8, 9)
                .map(day -> LocalDate.of(2024, 2, day)
                        .atStartOfDay(ZoneId.of("UTC"))
                        .toInstant());

        assertThat(Spacing.of(atTimes(days)).gaps()).isZero();
    }

    @Test
    void takesTheShorterOfTwoThatAreEquallyCommon() {
        assertThat(Spacing.of(at(LongStream.of(0, 1440, 1500))).length()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void tellsTheLongestGap() {
        Spacing spacing = Spacing.of(at(LongStream.of(0, 60, 120, 600, 660, 2_000, 2_060)));

        assertThat(spacing.gaps()).isEqualTo(2);
        assertThat(spacing.longestGap()).isEqualTo(Duration.ofMinutes(1_340));
        assertThat(spacing.longestAfter()).isEqualTo(Instant.EPOCH.plus(Duration.ofHours(11)));
    }

    @Test
    void findsNothingInOneBar() {
        assertThat(Spacing.of(List.of()).length()).isNull();
        assertThat(Spacing.of(at(LongStream.of(0))).length()).isNull();
    }

    @Test
    void takesNoNightForAnother() {
        LongStream minutes = LongStream.concat(
                LongStream.range(0, 30).map(day -> 1_440 * day),
                LongStream.range(1, 200).map(i -> 29 * 1_440 + 60 * i));

        assertThat(Spacing.of(at(minutes)).gaps()).isGreaterThan(20);
    }

    @Test
    void countsBarsThatBeginBeforeTheOneBeforeIsOver() {
        assertThat(Spacing.of(at(LongStream.of(0, 60, 120, 127, 134, 180, 240, 300)))
                        .closer())
                .isEqualTo(3);
    }
}
