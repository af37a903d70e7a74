package io.github.hybridinference.examples.kafka;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;

/** Asks an engine about the records of a topic. One thread runs it, and is the only one that touches the consumer. */
final class SignalLoop {
    private static final int MOST_OPEN = 200;

    private final Consumer<String, MarketSnapshot> consumer;
    private final InferenceEngine engine;
    private final Answers answers;
    private final Map<TopicPartition, Deque<Question>> open = new HashMap<>(); // in the order of the offsets
    private final Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>(); // and not yet committed

    private record Question(ConsumerRecord<String, MarketSnapshot> record, CompletableFuture<Inference> answer) {}

    interface Answers {
        // idempotent: topic, partition and offset are the key
        void write(ConsumerRecord<String, MarketSnapshot> record, Inference answer);
    }

    SignalLoop(Consumer<String, MarketSnapshot> consumer, InferenceEngine engine, Answers answers) {
        this.consumer = consumer;
        this.engine = engine;
        this.answers = answers;
    }

    void run(String topic, BooleanSupplier stopped) {
        consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> gone) {
                finish();
                forget(gone); // what is still open is asked by its new owner
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> gone) {
                forget(gone); // they have a new owner already: a commit would fail
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> come) {}
        });
        while (!stopped.getAsBoolean()) {
            if (count() >= MOST_OPEN) {
                consumer.pause(consumer.assignment());
            } else {
                consumer.resume(consumer.paused());
            }
            for (ConsumerRecord<String, MarketSnapshot> record : consumer.poll(Duration.ofMillis(20))) {
                open.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), key -> new ArrayDeque<>())
                        .add(new Question(record, engine.inferAsync(record.value())));
            }
            finish();
        }
    }

    private int count() {
        return open.values().stream().mapToInt(Deque::size).sum();
    }

    private void forget(Collection<TopicPartition> gone) {
        gone.forEach(open::remove);
        gone.forEach(written::remove);
    }

    /** Writes the answers that are there, in the order of the offsets, and commits behind them. */
    private void finish() {
        open.forEach((partition, questions) -> {
            while (!questions.isEmpty() && questions.peek().answer().isDone()) {
                Question question = questions.poll();
                answers.write(question.record(), question.answer().join());
                written.put(partition, new OffsetAndMetadata(question.record().offset() + 1));
            }
        });
        if (!written.isEmpty()) {
            try {
                consumer.commitSync(written);
                written.clear();
            } catch (RebalanceInProgressException | CommitFailedException rebalance) {
                // the next poll takes part in it: what stays here is committed afterwards, what went has been forgotten
            }
        }
    }
}
