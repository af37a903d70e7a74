package io.github.hybridinference.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From how much money on a scenario is asked about, by hand. */
class DayPaceTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long DAY = 20_000L * 24 * HOUR_MS;
    private static final RouterFile.Hour BUSY = new RouterFile.Hour(10, List.of(0.1, 0.3, 0.5, 0.7, 0.9));
    private static final RouterFile.Hour QUIET = new RouterFile.Hour(0, List.of());

    private static List<RouterFile.Hour> hours(int busy) {
        List<RouterFile.Hour> hours = new ArrayList<>();
        for (int hour = 0; hour < 24; hour++) {
            hours.add(hour < busy ? BUSY : QUIET);
        }
        return hours;
    }

    private static long leastToAllow(
            List<RouterFile.Hour> hours,
            LongUnaryOperator price,
            double series,
            double exploration,
            double probability,
            long msOfDay) {
        long least = 0;
        while (true) {
            long left = least;
            if (new DayPace(hours, price, ms -> left, series, exploration).allows(probability, DAY + msOfDay)) {
                return least;
            }
            least++;
        }
    }

    private static long leastToCover(List<RouterFile.Hour> hours, LongUnaryOperator price, long msOfDay) {
        long least = 0;
        while (true) {
            long left = least;
            if (new DayPace(hours, price, ms -> left, 1, 0).covers(DAY + msOfDay)) {
                return least;
            }
            least++;
        }
    }

    @ParameterizedTest
    @CsvSource({
        // of 240 scenarios at 1 each, a fifth is worth as much as 0.9, and one call is kept back for the last hour
        "0.9, 0, 1, 0, 49",
        "0.95, 0, 1, 0, 49",
        "0.7, 0, 1, 0, 97",
        // between two quantiles the dearer one counts
        "0.8, 0, 1, 0, 97",
        "0.1, 0, 1, 0, 241",
        "0.01, 0, 1, 0, 241",
        // half of an hour is over, then half of the day
        "0.9, 1800000, 1, 0, 48",
        "0.9, 43200000, 1, 0, 25",
        // in the last hour nothing is kept back
        "0.9, 82800000, 1, 0, 2",
        "0.9, 84600000, 1, 0, 1",
        // three such series, and all of the others explored
        "0.9, 0, 3, 0, 145",
        "0.9, 0, 1, 1, 241"
    })
    void keepsWhatTheRestOfTheDayIsExpectedToBring(
            double probability, long msOfDay, double series, double exploration, long least) {
        assertThat(leastToAllow(hours(24), ms -> 1, series, exploration, probability, msOfDay))
                .isEqualTo(least);
    }

    /** From noon on it is twice as dear: 0.9 there is worth 0.45 in the morning. */
    @Test
    void worthIsByTheDollar() {
        LongUnaryOperator price = ms -> ms - DAY < 12 * HOUR_MS ? 1 : 2;
        // in the morning 0.5, 0.7 and 0.9 are worth more, 72 scenarios; of the afternoon none is; the last hour's call
        // costs 2
        assertThat(leastToAllow(hours(24), price, 1, 0, 0.5, 0)).isEqualTo(74);
        // 0.9 at noon is as good as 0.45: 24 scenarios at 2
        assertThat(leastToAllow(hours(24), price, 1, 0, 0.9, 12 * HOUR_MS)).isEqualTo(50);
    }

    @Test
    void keepsOneCallForTheLastHourThatBringsScenarios() {
        LongUnaryOperator price = ms -> (ms - DAY) / HOUR_MS == 9 ? 7 : 3;
        assertThat(leastToCover(hours(10), price, 0)).isEqualTo(3 + 7);
        assertThat(leastToCover(hours(10), price, 9 * HOUR_MS - 1)).isEqualTo(3 + 7);
        assertThat(leastToCover(hours(10), price, 9 * HOUR_MS)).isEqualTo(7);
        assertThat(leastToCover(hours(10), price, 15 * HOUR_MS)).isEqualTo(3);
        assertThat(leastToCover(hours(0), price, 0)).as("no hour brings any").isEqualTo(3);
    }

    @Test
    void whatCostsNothingIsPlannedAtTheLeastPrice() {
        assertThat(leastToAllow(hours(24), ms -> 0, 1, 0, 0.5, 0)).isEqualTo(145);
    }

    @Test
    void eachDayHasItsOwnPlanAndKeepsItsExploration() {
        LongUnaryOperator price = ms -> ms < DAY + 24 * HOUR_MS ? 1 : 2;
        DayPace pace = new DayPace(hours(24), price, ms -> 60, 1, 0);
        assertThat(pace.allows(0.9, DAY)).isTrue();
        assertThat(pace.allows(0.9, DAY + 24 * HOUR_MS)).as("98 are wanted").isFalse();
        assertThat(pace.allows(0.9, DAY)).isTrue();
        assertThat(pace.exploring(0.5).allows(0.9, DAY)).isFalse();
    }
}
