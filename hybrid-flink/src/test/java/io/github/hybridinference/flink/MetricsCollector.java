package io.github.hybridinference.flink;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Collects the metrics of the group {@code hybrid} of all jobs in this JVM. Flink finds it as a service. */
public final class MetricsCollector implements MetricReporterFactory {
    private static final String GROUP = ".hybrid.";
    private static final Map<Metric, String> NAMES = new ConcurrentHashMap<>();

    static void clear() {
        NAMES.clear();
    }

    /** The sum over all subtasks. */
    static double sum(String name) {
        return NAMES.entrySet().stream()
                .filter(metric -> metric.getValue().equals(name))
                .mapToDouble(metric -> value(metric.getKey()))
                .sum();
    }

    private static double value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        return ((Number) ((Gauge<?>) metric).getValue()).doubleValue();
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        return new MetricReporter() {
            @Override
            public void open(MetricConfig config) {}

            @Override
            public void close() {}

            @Override
            public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
                String identifier = group.getMetricIdentifier(name);
                int from = identifier.indexOf(GROUP);
                if (from >= 0) {
                    NAMES.put(metric, identifier.substring(from + GROUP.length()));
                }
            }

            @Override
            public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
        };
    }
}
