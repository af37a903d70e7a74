package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.InferenceRecord;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Source;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** The endpoints for inferences. No thread waits for a model: the answer is written when it arrives. */
final class InferenceRoutes {
    private final InferenceEngine engine;
    private final ServiceSettings settings;
    private final AccessControl gate;
    private final Revisions revisions;
    private final RequestReader reader;

    InferenceRoutes(InferenceEngine engine, ServiceSettings settings, AccessControl gate, Revisions revisions) {
        this.engine = engine;
        this.settings = settings;
        this.gate = gate;
        this.revisions = revisions;
        this.reader = new RequestReader(settings.features());
    }

    void one(Context ctx) throws BadRequest {
        admit(1);
        CompletableFuture<Inference> answer;
        try {
            InferenceRequest question = reader.one(Http.body(ctx));
            answer = ask(question.snapshot(), deadline(List.of(question)));
        } catch (Throwable refused) {
            gate.leave(1);
            throw refused;
        }
        ctx.future(() -> answer.whenComplete((known, thrown) -> gate.leave(1)).thenAccept(known -> {
            Object written = written(known);
            Http.write(ctx, written instanceof InferenceRecord ? 200 : 503, written);
        }));
    }

    void batch(Context ctx) throws BadRequest {
        admit(1); // for as long as the body is read
        List<InferenceRequest> questions;
        try {
            questions = reader.batch(Http.body(ctx));
        } finally {
            gate.leave(1);
        }
        int size = questions.size();
        admit(size);
        List<CompletableFuture<Inference>> answers = new ArrayList<>(size);
        try {
            Deadline deadline = deadline(questions);
            for (InferenceRequest question : questions) {
                answers.add(ask(question.snapshot(), deadline));
            }
        } catch (Throwable refused) {
            gate.leave(size);
            throw refused;
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(answers.toArray(new CompletableFuture<?>[0]));
        ctx.future(() -> all.whenComplete((nothing, thrown) -> gate.leave(size)).thenAccept(nothing -> {
            List<Object> written = new ArrayList<>(size);
            answers.forEach(answer -> written.add(written(answer.join())));
            Http.write(ctx, 200, written);
        }));
    }

    void revision(Context ctx) {
        Revisions.Finding found = revisions.find(ctx.pathParam("decision_id"));
        if (found.answer() != null) {
            Http.write(ctx, 200, found.answer());
        } else if (found.pending()) {
            Http.refuse(ctx, 202, "pending", "the model has not answered yet");
        } else {
            Http.refuse(ctx, 404, "unknown_decision", "there is no revision of such a decision, or no longer");
        }
    }

    private void admit(int questions) throws BadRequest {
        if (!gate.enter(questions)) {
            throw new BadRequest(429, "too_many_requests", "too many requests are in flight, try again later");
        }
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
