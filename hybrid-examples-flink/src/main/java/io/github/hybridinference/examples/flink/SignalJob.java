package io.github.hybridinference.examples.flink;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.flink.EngineFactory;
import io.github.hybridinference.flink.FlinkInference;
import io.github.hybridinference.flink.FlinkOptions;
import io.github.hybridinference.flink.HybridFlink;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.redis.RedisBudget;
import io.github.hybridinference.redis.RedisSignalCache;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import org.apache.flink.api.common.serialization.SimpleStringEncoder;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job: bars, indicators by symbol, an answer to each, and the answers in files that are committed with Flink's checkpoints.
 *
 * @param symbols how many symbols
 * @param bars how many bars of each
 * @param firstCloseMs the close of the first bar
 * @param model where the model is
 * @param redis where Redis is
 * @param capUsd what may be spent in a day
 * @param capacity questions at once for each subtask
 * @param output the folder of the answers
 */
record SignalJob(
        int symbols, int bars, long firstCloseMs, URI model, String redis, String capUsd, int capacity, String output)
        implements Serializable {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    void define(StreamExecutionEnvironment environment) {
        DataStream<Indicators> indicators = bars(environment)
                .keyBy(Bar::symbol)
                .map(new IndicatorFunction())
                .returns(TypeInformation.of(Indicators.class))
                .uid("indicators");
        HybridFlink.infer(
                        indicators,
                        Indicators::snapshot,
                        EngineFactory.named("signals", this::engine),
                        FlinkOptions.builder()
                                .deadline(DEADLINE)
                                .capacity(capacity)
                                .build())
                .uid("inference")
                .map(SignalJob::line)
                .returns(Types.STRING)
                .sinkTo(FileSink.forRowFormat(new Path(output), new SimpleStringEncoder<String>())
                        .build())
                .uid("answers");
    }

    /** In the place of Kafka's connector: one bar of each symbol after the other, in order, and read again from a checkpoint. */
    private DataStream<Bar> bars(StreamExecutionEnvironment environment) {
        return environment
                .fromSequence(0, (long) symbols * bars - 1)
                .setParallelism(1)
                .uid("bars")
                .map(number -> Bar.of((int) (number % symbols), (int) (number / symbols), firstCloseMs))
                .setParallelism(1)
                .returns(TypeInformation.of(Bar.class));
    }

    /** Made once in each TaskManager. A real job reads the key from the TaskManager's environment: {@code DeepSeek.fromEnv()}. */
    private InferenceEngine engine() {
        RedisSignalCache shared = RedisSignalCache.builder(redis)
                // All processes share one machine here.
                .timeout(Duration.ofSeconds(1))
                .connect();
        InferenceEngine engine = InferenceEngine.builder()
                .remote(DeepSeek.builder().endpoint(model).apiKey("none-needed").build())
                .classifier((snapshot, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM))
                .cache(SignalCache.tiered(SignalCache.inMemory(100_000), shared))
                .callLease(shared)
                .budget(RedisBudget.perDay(capUsd, shared))
                .timeout(DEADLINE)
                .remoteTimeout(DEADLINE)
                .ownParts()
                .build();
        engine.warmUp();
        return engine;
    }

    private static String line(FlinkInference answer) {
        return String.format(
                Locale.ROOT,
                "%s\t%s\t%s\t%s\t%.4f",
                answer.id(),
                answer.inference().source(),
                answer.inference().degradation(),
                answer.inference().signal(),
                answer.inference().confidence());
    }
}
