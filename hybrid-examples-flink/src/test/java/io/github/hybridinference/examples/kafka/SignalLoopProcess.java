package io.github.hybridinference.examples.kafka;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.load.DistinctSnapshots;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.redis.RedisSignalCache;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A member of the group that answers the snapshots of a topic into another; it ends with its standard input. */
final class SignalLoopProcess {
    static final String QUESTIONS = "snapshots";
    static final String ANSWERS = "answers";
    static final String GROUP = "signals";

    /** What one poll can add to the open questions. */
    static final int MAX_POLL_RECORDS = 100;

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private SignalLoopProcess() {}

    /** Takes the addresses of broker, model and Redis. */
    public static void main(String[] args) throws IOException {
        AtomicBoolean stopped = new AtomicBoolean();
        try (RedisSignalCache shared = RedisSignalCache.builder(args[2])
                        .timeout(Duration.ofSeconds(1)) // all processes share one machine
                        .connect();
                InferenceEngine engine = engine(URI.create(args[1]), shared);
                KafkaConsumer<String, MarketSnapshot> consumer = consumer(args[0]);
                KafkaProducer<String, String> producer = producer(args[0])) {
            engine.warmUp();
            Thread end = new Thread(
                    () -> {
                        try {
                            System.in.read();
                        } catch (IOException gone) {
                            // as good as its end
                        }
                        stopped.set(true);
                    },
                    "end-with-input");
            end.setDaemon(true);
            end.start();
            new SignalLoop(
                            consumer,
                            engine,
                            (record, answer) ->
                                    write(producer, record, answer.source().name()))
                    .run(QUESTIONS, stopped::get);
        }
    }

    private static InferenceEngine engine(URI model, RedisSignalCache shared) {
        return InferenceEngine.builder()
                .remote(DeepSeek.builder().endpoint(model).apiKey("none-needed").build())
                .cache(SignalCache.tiered(SignalCache.inMemory(100_000), shared))
                .callLease(shared)
                .timeout(DEADLINE)
                .remoteTimeout(DEADLINE)
                .build();
    }

    private static KafkaConsumer<String, MarketSnapshot> consumer(String broker) {
        IntegerDeserializer number = new IntegerDeserializer();
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker,
                        "group.id",
                        GROUP,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false",
                        "session.timeout.ms",
                        "6000",
                        "max.poll.records",
                        MAX_POLL_RECORDS),
                new StringDeserializer(),
                (topic, bytes) -> DistinctSnapshots.numbered(number.deserialize(topic, bytes)));
    }

    private static KafkaProducer<String, String> producer(String broker) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker, "linger.ms", 0), new StringSerializer(), new StringSerializer());
    }

    private static void write(
            KafkaProducer<String, String> producer, ConsumerRecord<String, MarketSnapshot> question, String source) {
        try {
            producer.send(new ProducerRecord<>(ANSWERS, question.partition() + ":" + question.offset(), source))
                    .get(); // before the offset is committed
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused);
        }
    }
}
