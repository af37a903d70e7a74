package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.InferenceRecord;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The endpoints for inferences. No thread waits for a model: the answer is written when it arrives. */
final class InferenceRoutes {
    private final InferenceEngine engine;
    private final ServiceSettings settings;
    private final PendingInferences pending;
    private final Revisions revisions;
    private final RequestReader reader;

    InferenceRoutes(InferenceEngine engine, ServiceSettings settings, PendingInferences pending, Revisions revisions) {
        this.engine = engine;
        this.settings = settings;
        this.pending = pending;
        this.revisions = revisions;
        this.reader = new RequestReader(
                settings.features(), (int) settings.longestTimeout().toMillis());
    }

    void one(Exchange exchange, byte[] body) throws BadRequest {
        ask(List.of(reader.one(body)), exchange, answers -> {
            Object written = written(answers.get(0));
            Http.write(exchange, written instanceof InferenceRecord ? 200 : 503, written);
        });
    }

    void batch(Exchange exchange, byte[] body) throws BadRequest {
        ask(
                reader.batch(body),
                exchange,
                answers -> Http.write(
                        exchange, 200, answers.stream().map(this::written).toList()));
    }

    void revision(Exchange exchange) {
        Revisions.Finding found =
                revisions.find(exchange.path().substring(exchange.path().lastIndexOf('/') + 1));
        if (found.answer() != null) {
            Http.write(exchange, 200, found.answer());
        } else if (found.pending()) {
            Http.refuse(exchange, 202, "pending", "the model has not answered yet");
        } else {
            Http.refuse(exchange, 404, "unknown_decision", "there is no revision of such a decision, or no longer");
        }
    }

    /** What is done with the answers. */
    private interface Writer {
        void write(List<Inference> answers);
    }

    /**
     * Asks the engine. When too many inferences wait for the model already, the questions are asked without any time: rules
     * and cache answer, and those that would wait are refused.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the exchange is answered in each case
    private void ask(List<InferenceRequest> questions, Exchange exchange, Writer writer) throws BadRequest {
        int size = questions.size();
        boolean mayWait = pending.enter(size);
        List<CompletableFuture<Inference>> answers = new ArrayList<>(size);
        try {
            Deadline deadline = mayWait ? deadline(questions) : Deadline.afterNanos(0, System::nanoTime);
            for (InferenceRequest question : questions) {
                answers.add(ask(question.snapshot(), deadline));
            }
        } catch (Throwable refused) {
            leave(mayWait, size);
            throw refused;
        }
        CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0])).whenComplete((nothing, thrown) -> {
            leave(mayWait, size);
            try {
                List<Inference> known =
                        answers.stream().map(CompletableFuture::join).toList();
                if (!mayWait && known.stream().anyMatch(InferenceRoutes::wouldHaveWaited)) {
                    Http.refuse(
                            exchange,
                            new BadRequest(
                                    429,
                                    "too_many_requests",
                                    "too many inferences wait for the model, try again later"));
                } else {
                    writer.write(known);
                }
            } catch (Throwable failed) {
                exchange.fail(failed);
            }
        });
    }

    private void leave(boolean entered, int size) {
        if (entered) {
            pending.leave(size);
        }
    }

    private static boolean wouldHaveWaited(Inference answer) {
        return answer.degradation().equals(Optional.of(Degradation.TIMEOUT));
    }

    private CompletableFuture<Inference> ask(MarketSnapshot snapshot, Deadline deadline) throws BadRequest {
        try {
            return engine.inferAsync(snapshot, deadline);
        } catch (IllegalStateException closed) {
            throw new BadRequest(503, "closing", "the service is shutting down");
        }
    }

    /** One deadline for all: the shortest that a request gives, else the engine's. */
    private Deadline deadline(List<InferenceRequest> questions) {
        int shortest = questions.stream()
                .flatMapToInt(question -> question.timeoutMs().stream())
                .min()
                .orElse((int) settings.timeout().toMillis());
        return Deadline.after(Duration.ofMillis(shortest));
    }

    private Object written(Inference answer) {
        revisions.watch(answer);
        if (answer.source() == Source.FALLBACK && !settings.fallbackToLocal()) {
            String cause = answer.degradation().map(Degradation::name).orElse("FALLBACK");
            return new Http.Refusal(
                    cause.toLowerCase(Locale.ROOT),
                    "the model gave no answer and FALLBACK_TO_LOCAL is false",
                    answer.decisionId());
        }
        return answer.toRecord();
    }
}
