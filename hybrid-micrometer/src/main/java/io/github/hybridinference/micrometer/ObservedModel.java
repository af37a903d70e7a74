package io.github.hybridinference.micrometer;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A model each of whose attempts is an observation. Values that the service can choose are key values of high cardinality,
 * and so never become tags of a meter.
 */
final class ObservedModel implements RemoteModel, AutoCloseable {
    private static final KeyValue NO_ERROR = KeyValue.of("error.type", KeyValue.NONE_VALUE);

    private final RemoteModel model;
    private final KeyValue provider;
    private final KeyValue requested;
    private final String spanName;
    private final ObservationRegistry observations;

    ObservedModel(RemoteModel model, String provider, ObservationRegistry observations) {
        this.model = Objects.requireNonNull(model, "model");
        this.provider = KeyValue.of("gen_ai.provider.name", provider);
        this.observations = Objects.requireNonNull(observations, "observations");
        String name = model.identity().model();
        this.requested = KeyValue.of("gen_ai.request.model", name);
        this.spanName = "chat " + name;
    }

    @Override
    public ModelIdentity identity() {
        return model.identity();
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return model.worstCostNanoUsd(request);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        return ask(request, () -> {});
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the exchange completes the future that is returned
    public CompletableFuture<RemoteReply> ask(RemoteRequest request, Runnable written) {
        Observation observation = Observation.createNotStarted(
                        "gen_ai.client.operation.duration", this::context, observations)
                .contextualName(spanName)
                .lowCardinalityKeyValue("gen_ai.operation.name", "chat")
                .lowCardinalityKeyValue(provider)
                .lowCardinalityKeyValue(requested)
                .lowCardinalityKeyValue(NO_ERROR)
                .start();
        CompletableFuture<RemoteReply> exchange;
        try {
            exchange = model.ask(request, written);
        } catch (RuntimeException | Error thrown) {
            stop(observation, null, thrown);
            throw thrown;
        }
        ObservedExchange observed = new ObservedExchange(exchange);
        exchange.whenComplete((reply, thrown) -> {
            try {
                stop(observation, reply, thrown);
            } finally { // though a handler of observations throws
                if (thrown == null) {
                    observed.complete(reply);
                } else {
                    observed.completeExceptionally(thrown);
                }
            }
        });
        return observed;
    }

    /** Completes with what the model's future completes with, after a cancellation as well. */
    private static final class ObservedExchange extends CompletableFuture<RemoteReply> {
        private final CompletableFuture<RemoteReply> exchange;

        ObservedExchange(CompletableFuture<RemoteReply> exchange) {
            this.exchange = exchange;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return exchange.cancel(mayInterruptIfRunning);
        }
    }

    /** Makes the span that of a client. No trace context is sent along: the model's service takes no part in our traces. */
    private Observation.Context context() {
        SenderContext<Object> context = new SenderContext<>((carrier, key, value) -> {}, Kind.CLIENT);
        context.setCarrier(context);
        context.setRemoteServiceName(provider.getValue());
        return context;
    }

    private static void stop(Observation observation, @Nullable RemoteReply reply, @Nullable Throwable thrown) {
        if (reply != null) {
            Usage usage = reply.usage();
            observation
                    .highCardinalityKeyValue("gen_ai.response.model", reply.model())
                    .highCardinalityKeyValue("gen_ai.response.finish_reasons", lower(reply.finish()))
                    .highCardinalityKeyValue(
                            "gen_ai.usage.input_tokens", Long.toString(usage.inputTokens() + usage.cachedInputTokens()))
                    .highCardinalityKeyValue(
                            "gen_ai.usage.cache_read.input_tokens", Long.toString(usage.cachedInputTokens()))
                    .highCardinalityKeyValue("gen_ai.usage.output_tokens", Long.toString(usage.outputTokens()));
        }
        if (thrown != null) {
            RemoteException failure = RemoteException.of(thrown);
            observation.lowCardinalityKeyValue("error.type", lower(failure.reason()));
            observation.error(failure); // its message holds no foreign text
        }
        observation.stop();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void warmUp() {
        model.warmUp();
    }

    @Override
    public void close() {
        if (model instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (RuntimeException thrown) {
                throw thrown;
            } catch (Exception checked) {
                throw new IllegalStateException("the observed model did not close", checked);
            }
        }
    }
}
