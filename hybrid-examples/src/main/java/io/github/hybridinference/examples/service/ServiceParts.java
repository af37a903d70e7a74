package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.classify.ScenarioClassifier;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.local.VotingRules;
import io.github.hybridinference.micrometer.MicrometerListener;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.remote.RemoteModel;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;

/**
 * The parts of a running service.
 *
 * @param engine the engine, which owns its parts
 * @param activity its recent decisions
 * @param metrics its metrics for Prometheus
 * @param modelName the model in use, or {@code none}
 */
record ServiceParts(
        InferenceEngine engine, RecentActivity activity, PrometheusMeterRegistry metrics, String modelName) {
    static final String NO_MODEL = "none";

    static ServiceParts of(ServiceSettings settings) throws CommandException {
        AttemptTimes attempts = new AttemptTimes(System::nanoTime);
        VotingRules rules = LocalRuleModel.standard();
        RecentActivity activity = new RecentActivity(Clock.systemUTC(), attempts, rules);
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        metrics.config().meterFilter(LatencyBuckets.FILTER);
        MicrometerListener listener = new MicrometerListener(metrics);
        InferenceEngineBuilder builder = InferenceEngine.builder()
                .ownParts()
                .rules(rules)
                .timeout(settings.timeout())
                .remoteTimeout(settings.longestTimeout())
                .cacheTtl(settings.cacheTtl())
                .maxConsecutiveFailures(settings.maxFailures())
                .listener(listener)
                .listener(activity);
        Feature[] custom = settings.features().toArray(new Feature[0]);
        builder.customFeatures(custom);
        settings.router().map(ScenarioClassifier::learned).ifPresent(builder::classifier);
        if (!settings.anonymize()) {
            builder.anonymizer(Anonymizer.fine(custom));
        }
        SharedState.add(settings, builder);
        String name = NO_MODEL;
        if (settings.hasModel()) {
            RemoteModel model = model(settings);
            name = model.identity().model();
            ObservationRegistry observations = ObservationRegistry.create();
            observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(metrics));
            builder.remote(attempts.watch(MicrometerListener.observed(
                    model, settings.model().dialect().name(), observations)));
        }
        InferenceEngine engine = builder.build();
        listener.monitor(engine);
        return new ServiceParts(engine, activity, metrics, name);
    }

    private static RemoteModel model(ServiceSettings settings) throws CommandException {
        try {
            return settings.model().model(settings.client());
        } catch (IllegalArgumentException refused) {
            throw new CommandException(
                    String.valueOf(refused.getMessage())); // names the variable and never repeats its value
        }
    }
}
