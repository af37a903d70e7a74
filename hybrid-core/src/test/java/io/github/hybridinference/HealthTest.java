package io.github.hybridinference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What an engine says of itself and its parts. */
class HealthTest {
    @Test
    void isHealthyWhenNothingIsWrong() {
        try (Bench bench = new Bench()) {
            EngineHealth health = bench.engine.health();
            assertThat(health.status()).isEqualTo(Status.HEALTHY);
            assertThat(health.components())
                    .extracting(EngineHealth.Component::name)
                    .containsExactly("local_model", "fake-model", "cache", "budget");
            assertThat(status(health, "local_model")).isEqualTo(Status.HEALTHY);
            assertThat(status(health, "fake-model")).isEqualTo(Status.HEALTHY);
            assertThat(status(health, "cache")).isEqualTo(Status.HEALTHY);
            assertThat(status(health, "budget")).isEqualTo(Status.DISABLED);
            assertThat(health.component("another")).isEmpty();
        }
    }

    @Test
    void isDegradedWhenAPartIs() {
        try (Bench bench = new Bench(options -> options.cache(new FakeCache()))) {
            assertThat(bench.engine.health().status()).isEqualTo(Status.DEGRADED);
            assertThat(bench.engine.health().component("cache").orElseThrow().detail())
                    .isEqualTo("it is a fake");
        }
    }

    @Test
    void doesNotMindPartsThatAreNotUsed() {
        try (Bench bench =
                new Bench(options -> options.cache(SignalCache.none()).budget(Budget.perDay("1")))) {
            EngineHealth health = bench.engine.health();
            assertThat(health.status()).isEqualTo(Status.HEALTHY);
            assertThat(status(health, "cache")).isEqualTo(Status.DISABLED);
            assertThat(status(health, "budget")).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void saysAtTheStartThatACapRefusesAModelWithoutAPrice() {
        try (Bench bench = new Bench(options -> options.budget(Budget.perDay("1")))) {
            bench.model.quoting(OptionalLong::empty);
            EngineHealth health = bench.engine.health();
            assertThat(health.status()).isEqualTo(Status.DEGRADED);
            assertThat(status(health, "prices")).isEqualTo(Status.DEGRADED);
            assertThat(health.component("prices").orElseThrow().detail()).contains("fake-model", "set its prices");

            bench.model.quoting(() -> OptionalLong.of(1));
            assertThat(bench.engine.health().component("prices")).isEmpty();
            assertThat(bench.engine.health().status()).isEqualTo(Status.HEALTHY);
            assertThat(bench.model.attempts()).isZero();
        }
    }

    @Test
    void needsNoPriceWithoutACap() {
        try (Bench bench = new Bench()) {
            bench.model.quoting(OptionalLong::empty);
            assertThat(bench.engine.health().status()).isEqualTo(Status.HEALTHY);
        }
    }

    @Test
    void warmsUpTheModelWithoutAskingIt() {
        try (Bench bench = new Bench()) {
            bench.engine.warmUp();
            assertThat(bench.model.warmUps()).isEqualTo(1);
            assertThat(bench.model.attempts()).isZero();
            assertThat(bench.engine.stats().totalRequests()).isZero();
        }
    }

    @Test
    void rehearsesWithoutAnybodyNoticing() {
        FakeCache cache = new FakeCache();
        cache.fault = IllegalStateException::new;
        try (LogProbe log = new LogProbe();
                Bench bench = new Bench(options -> options.cache(cache))) {
            bench.engine.warmUp();
            assertThat(bench.heard.answers()).isEmpty();
            assertThat(bench.heard.calls()).isEmpty();
            assertThat(bench.time.pending()).isZero();
            assertThat(log.warnings()).isEmpty();
            assertThat(bench.engine.stats().errors()).isZero();
        }
    }

    private static Status status(EngineHealth health, String part) {
        return health.component(part).orElseThrow().status();
    }
}
