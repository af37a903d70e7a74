package io.github.hybridinference.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the tests look at what the tasks did
class ManualClockTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void standsStillUntilItIsAdvanced() {
        Instant before = clock.instant();
        long nanos = clock.nanos();

        clock.advance(Duration.ofSeconds(2));

        assertThat(before).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:00:02Z");
        assertThat(clock.nanos() - nanos).isEqualTo(2_000_000_000);
        assertThat(clock.millis()).isEqualTo(clock.instant().toEpochMilli());
    }

    @Test
    void runsTasksInTheirOrderEachAtItsTime() {
        List<String> ran = new ArrayList<>();
        schedule(() -> ran.add("late " + clock.instant()), 200);
        schedule(() -> ran.add("early " + clock.instant()), 100);
        schedule(() -> ran.add("never"), 301);

        clock.advance(Duration.ofMillis(300));

        assertThat(ran).containsExactly("early 2026-03-01T12:00:00.100Z", "late 2026-03-01T12:00:00.200Z");
        assertThat(clock.pendingTasks()).isEqualTo(1);
    }

    @Test
    void runsWhatATaskSchedulesWithinTheSameTime() {
        List<Instant> ran = new ArrayList<>();
        schedule(() -> schedule(() -> ran.add(clock.instant()), 100), 100);

        clock.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly(Instant.parse("2026-03-01T12:00:00.200Z"));
    }

    @Test
    void forgetsACancelledTask() {
        ScheduledFuture<?> task = schedule(() -> {}, 100);

        task.cancel(false);

        assertThat(clock.pendingTasks()).isZero();
    }

    @Test
    void setsTheWallClockAlone() {
        long nanos = clock.nanos();
        schedule(() -> {}, 100);

        clock.set(Instant.parse("2020-01-01T00:00:00Z"));
        clock.advance(Duration.ofMillis(10));

        assertThat(clock.instant()).isEqualTo("2020-01-01T00:00:00.010Z");
        assertThat(clock.nanos() - nanos).isEqualTo(10_000_000);
        assertThat(clock.pendingTasks()).isEqualTo(1);
    }

    @Test
    void sharesItsTimeWithItsCopiesInOtherZones() {
        ManualClock shanghai = clock.withZone(ZoneId.of("Asia/Shanghai"));

        clock.advance(Duration.ofHours(1));

        assertThat(shanghai.instant()).isEqualTo(clock.instant());
        assertThat(shanghai.getZone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
    }

    @Test
    void refusesToRunBackwards() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }

    @Test
    void takesNoTaskAfterItsSchedulerWasShutDown() {
        ScheduledExecutorService scheduler = clock.scheduler();
        schedule(() -> {}, 100);

        assertThat(scheduler.shutdownNow()).hasSize(1);

        assertThat(scheduler.isTerminated()).isTrue();
        assertThatThrownBy(() -> schedule(() -> {}, 1)).isInstanceOf(RejectedExecutionException.class);
    }

    private ScheduledFuture<?> schedule(Runnable work, long millis) {
        return clock.scheduler().schedule(work, millis, TimeUnit.MILLISECONDS);
    }
}
