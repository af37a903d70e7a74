package io.github.hybridinference.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testkit.Answers;
import io.github.hybridinference.testkit.Signals;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalLoopTest {
    private static final Path PAGE = Path.of("../docs/kafka.md");
    private static final Path SOURCE =
            Path.of("src/main/java/io/github/hybridinference/examples/kafka/SignalLoop.java");
    private static final TopicPartition ONE = new TopicPartition("snapshots", 0);
    private static final TopicPartition TWO = new TopicPartition("snapshots", 1);
    private static final MarketSnapshot SNAPSHOT =
            MarketSnapshot.builder("BTCUSDT", Timeframe.M5).rsi(50).build();

    /** Kafka's own fake of a consumer, whose commits can fail. */
    private static final class Consumer extends MockConsumer<String, MarketSnapshot> {
        private final List<KafkaException> failures = new ArrayList<>();
        private @Nullable ConsumerRebalanceListener listener;

        Consumer() {
            super("earliest");
            updateBeginningOffsets(Map.of(ONE, 0L, TWO, 0L));
        }

        @Override
        public synchronized void subscribe(Collection<String> topics, ConsumerRebalanceListener own) {
            listener = own;
            super.subscribe(topics, own);
        }

        @Override
        public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            super.commitSync(offsets);
        }
    }

    private final Consumer consumer = new Consumer();

    /** By partition and offset. */
    private final Map<String, CompletableFuture<Inference>> asked = new HashMap<>();

    private final List<String> written = new ArrayList<>();
    private final InferenceEngine engine = (InferenceEngine) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {InferenceEngine.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("inferAsync")) {
                    throw new UnsupportedOperationException(method.getName());
                }
                CompletableFuture<Inference> answer = new CompletableFuture<>();
                asked.put(((MarketSnapshot) arguments[0]).symbol(), answer);
                return answer;
            });

    /** Runs the loop, one step before each poll. */
    private void run(Runnable... steps) {
        Iterator<Runnable> next = Arrays.asList(steps).iterator();
        new SignalLoop(consumer, engine, (record, answer) -> written.add(record.partition() + ":" + record.offset()))
                .run("snapshots", () -> {
                    if (!next.hasNext()) {
                        return true;
                    }
                    next.next().run();
                    return false;
                });
    }

    private void assign(TopicPartition... partitions) {
        consumer.rebalance(List.of(partitions));
    }

    private void receive(TopicPartition partition, int from, int count) {
        for (int i = from; i < from + count; i++) {
            String name = partition.partition() + ":" + i;
            consumer.addRecord(new ConsumerRecord<>(
                    partition.topic(),
                    partition.partition(),
                    i,
                    name,
                    MarketSnapshot.builder(name, Timeframe.M5).rsi(50).build()));
        }
    }

    private void answer(String question) {
        asked.get(question).complete(Answers.to(SNAPSHOT).remote(Signals.buy(0.7)));
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata offset = consumer.committed(Set.of(partition)).get(partition);
        return offset == null ? 0 : offset.offset();
    }

    @Test
    void anOffsetIsCommittedOnceAllAnswersBeforeItAreWritten() {
        run(
                () -> {
                    assign(ONE, TWO);
                    receive(ONE, 0, 3);
                    receive(TWO, 0, 1);
                },
                () -> answer("0:1"),
                () -> {
                    assertThat(written).as("the first is still open").isEmpty();
                    assertThat(committed(ONE)).isZero();
                    answer("0:0");
                    answer("1:0");
                },
                () -> {
                    assertThat(written).containsExactlyInAnyOrder("0:0", "0:1", "1:0");
                    assertThat(committed(ONE)).isEqualTo(2);
                    assertThat(committed(TWO)).isEqualTo(1);
                });
    }

    @Test
    void noMoreIsAskedThanTheBoundAndOnePoll() {
        consumer.setMaxPollRecords(50);
        List<Runnable> steps = new ArrayList<>();
        steps.add(() -> {
            assign(ONE);
            receive(ONE, 0, 1_000);
        });
        for (int i = 0; i < 20; i++) {
            steps.add(() -> assertThat(asked).hasSizeLessThan(250));
        }
        steps.add(() -> assertThat(asked).hasSizeGreaterThanOrEqualTo(200));
        for (int i = 0; i < 30; i++) {
            steps.add(() -> asked.values()
                    .forEach(question -> question.complete(Answers.to(SNAPSHOT).remote(Signals.buy(0.7)))));
        }
        run(steps.toArray(Runnable[]::new));
        assertThat(asked).hasSize(1_000);
        assertThat(committed(ONE)).isEqualTo(1_000);
    }

    @Test
    void aCommitThatFallsIntoARebalanceIsMadeUpFor() {
        consumer.failures.add(new RebalanceInProgressException("rebalance"));
        consumer.failures.add(new CommitFailedException());
        run(
                () -> {
                    assign(ONE);
                    receive(ONE, 0, 1);
                },
                () -> answer("0:0"),
                () -> assertThat(committed(ONE)).isZero(),
                () -> {},
                () -> assertThat(committed(ONE)).isEqualTo(1));
        assertThat(written).containsExactly("0:0");
    }

    @Test
    void aPartitionThatGoesIsCommittedUpToWhatIsWritten() {
        run(
                () -> {
                    assign(ONE, TWO);
                    receive(ONE, 0, 2);
                    receive(TWO, 0, 1);
                },
                () -> {
                    answer("0:0");
                    assign(TWO);
                    assertThat(written).containsExactly("0:0");
                },
                () -> {
                    answer("0:1");
                    answer("1:0");
                },
                () -> {},
                () -> {
                    assertThat(written)
                            .as("the new owner asks the second again")
                            .containsExactly("0:0", "1:0");
                    assertThat(committed(TWO)).isEqualTo(1);
                });
    }

    @Test
    void ofALostPartitionNothingIsWrittenOrCommitted() {
        run(
                () -> {
                    assign(ONE, TWO);
                    receive(ONE, 0, 1);
                    receive(TWO, 0, 1);
                },
                () -> {
                    Objects.requireNonNull(consumer.listener).onPartitionsLost(List.of(ONE));
                    answer("0:0");
                    answer("1:0");
                },
                () -> {
                    assertThat(written).containsExactly("1:0");
                    assertThat(committed(ONE)).isZero();
                });
    }

    @Test
    void thePageShowsThisLoop() throws IOException {
        String source = Files.readString(SOURCE);
        assertThat(Files.readString(PAGE)).contains(source.substring(source.indexOf("final class SignalLoop")));
    }
}
