package io.github.hybridinference.examples.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.stream.LongStream;

/** Buckets of the latency histogram, so that a dashboard can compute percentiles over several instances. */
final class LatencyBuckets {
    private static final double[] BOUNDS_NANOS = LongStream.of(
                    10_000,
                    50_000,
                    100_000,
                    500_000,
                    1_000_000,
                    5_000_000,
                    20_000_000,
                    100_000_000,
                    250_000_000,
                    500_000_000,
                    1_000_000_000,
                    2_000_000_000,
                    3_000_000_000L,
                    10_000_000_000L)
            .asDoubleStream()
            .toArray();

    static final MeterFilter FILTER = new MeterFilter() {
        @Override
        public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
            if (!id.getName().equals("hybrid.inference")) {
                return config;
            }
            return DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(BOUNDS_NANOS)
                    .build()
                    .merge(config);
        }
    };

    private LatencyBuckets() {}
}
