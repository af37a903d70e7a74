package io.github.hybridinference.examples.kafka;

import static io.github.hybridinference.examples.kafka.SignalLoopProcess.ANSWERS;
import static io.github.hybridinference.examples.kafka.SignalLoopProcess.GROUP;
import static io.github.hybridinference.examples.kafka.SignalLoopProcess.QUESTIONS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.lab.process.JavaProcess;
import io.github.hybridinference.lab.process.RedisProcess;
import io.github.hybridinference.lab.process.StandInProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The loop of docs/kafka.md in processes before a broker, the model and Redis in theirs. */
@Tag("long")
@Timeout(180)
class KafkaLoopTest {
    private static final int PARTITIONS = 4;
    private static final int QUESTIONS_ASKED = 4_000;

    /** What the killed member can have asked without the answer being in Redis: its open questions. */
    private static final int OPEN = 200 + SignalLoopProcess.MAX_POLL_RECORDS;

    @TempDir
    private Path home;

    @Test
    void aMemberThatJoinsAndOneThatIsKilledLoseNoAnswerAndCostAtMostWhatWasOpen() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(home);
                RedisProcess redis = RedisProcess.start();
                StandInProcess model = StandInProcess.start(100)) {
            try (Admin admin = Admin.create(broker.properties())) {
                admin.createTopics(List.of(
                                new NewTopic(QUESTIONS, PARTITIONS, (short) 1), new NewTopic(ANSWERS, 1, (short) 1)))
                        .all()
                        .get();
            }
            ask(broker);
            List<String> addresses = List.of(broker.address(), model.baseUrl().toString(), redis.url());
            Map<String, Integer> answers;
            long callsAtKill;
            try (JavaProcess first = member(addresses)) {
                await(model, QUESTIONS_ASKED / 8);
                try (JavaProcess second = member(addresses)) {
                    await(model, QUESTIONS_ASKED / 2);
                    first.kill();
                    callsAtKill = model.requests();
                    answers = answers(broker);
                    assertThat(second.handle().isAlive()).isTrue();
                    awaitCommit(broker);
                }
            }
            long repeated =
                    answers.values().stream().mapToInt(times -> times - 1).sum();
            System.out.println(new ResultLine()
                    .add("questions", QUESTIONS_ASKED)
                    .add("answered", answers.size())
                    .add("answered_again", repeated)
                    .add("upstream_calls", model.requests())
                    .add("calls_at_kill", callsAtKill));
            assertThat(answers).hasSize(QUESTIONS_ASKED);
            assertThat(model.requests()).isBetween((long) QUESTIONS_ASKED, (long) QUESTIONS_ASKED + OPEN);
            assertThat(repeated).isLessThanOrEqualTo(2 * OPEN);
        }
    }

    private static JavaProcess member(List<String> addresses) throws IOException {
        return JavaProcess.start(SignalLoopProcess.class, List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), addresses);
    }

    private static void ask(KafkaBroker broker) throws Exception {
        try (KafkaProducer<String, Integer> producer =
                new KafkaProducer<>(broker.properties(), new StringSerializer(), new IntegerSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < QUESTIONS_ASKED; i++) {
                sent.add(producer.send(new ProducerRecord<>(QUESTIONS, i % PARTITIONS, "S" + i, i)));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
    }

    private static void await(StandInProcess model, int calls) throws IOException {
        while (model.requests() < calls) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** How often each question was answered, once there is an answer to all. */
    private static Map<String, Integer> answers(KafkaBroker broker) {
        Map<String, Integer> answers = new HashMap<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(broker.properties(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition all = new TopicPartition(ANSWERS, 0);
            consumer.assign(List.of(all));
            consumer.seekToBeginning(List.of(all));
            while (answers.size() < QUESTIONS_ASKED) {
                for (ConsumerRecord<String, String> answer : consumer.poll(Duration.ofMillis(100))) {
                    answers.merge(answer.key(), 1, Integer::sum);
                }
            }
        }
        return answers;
    }

    private static void awaitCommit(KafkaBroker broker) throws Exception {
        Properties properties = broker.properties();
        try (Admin admin = Admin.create(properties)) {
            long committed = 0;
            while (committed < QUESTIONS_ASKED) {
                committed =
                        admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get().values().stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum();
            }
        }
    }
}
