package io.github.hybridinference.eval.experiment;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.TradingSignal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * Writes training examples to fine-tune a model: recorded requests with the model's own answers, where the market
 * proved them right. One JSON object per line in the chat format, {@code {"messages":[system, user, assistant]}}.
 *
 * <pre>{@code
 * FineTuningExport.Summary summary = FineTuningExport.of(exam).prompt(systemMessage).writeTo(folder);
 * }</pre>
 *
 * <p>It holds requests and answers of the model, and nothing else: no symbol, no price, no time. The split is by time,
 * the earlier part in {@code train.jsonl}, the later in {@code validation.jsonl}, and examples whose outcome overlaps
 * the split are in neither. BUY and SELL are right if their return after cost is positive, HOLD if neither of them
 * would have been. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class FineTuningExport {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The number of examples written and left out.
     *
     * @param training examples in {@code train.jsonl}
     * @param validation examples in {@code validation.jsonl}
     * @param wrong answers left out because they were wrong
     * @param notOfModel questions left out because they have no fresh answer of the model
     * @param repeated duplicates of the same request and action, left out
     */
    public record Summary(int training, int validation, int wrong, int notOfModel, int repeated) {}

    private final Exam exam;
    private final SetOnce set = new SetOnce();
    private String prompt = "";
    private Function<AnonymizedSnapshot, String> writer = PromptFormat::of;
    private double validationShare = 0.2;
    private int wrong;
    private int notOfModel;
    private int repeated;

    private FineTuningExport(Exam exam) {
        this.exam = exam;
    }

    /**
     * Starts an export.
     *
     * @param exam the questions, with their outcomes
     * @return an export without a prompt
     */
    public static FineTuningExport of(Exam exam) {
        return new FineTuningExport(Objects.requireNonNull(exam, "exam"));
    }

    /**
     * Sets the system message; without one the examples have none.
     *
     * @param text the system message of the tuned model
     * @return this export
     * @throws IllegalStateException if it was already set
     */
    public FineTuningExport prompt(String text) {
        String stripped = text.strip();
        set.mark("prompt");
        prompt = stripped;
        return this;
    }

    /**
     * Sets how a snapshot is written as a user message; the default is the format of the DeepSeek adapter.
     *
     * @param words writes the user message
     * @return this export
     * @throws IllegalStateException if it was already set
     */
    public FineTuningExport questions(Function<AnonymizedSnapshot, String> words) {
        Objects.requireNonNull(words, "words");
        set.mark("questions");
        writer = words;
        return this;
    }

    /**
     * Sets the share of the latest questions that goes into the validation file; the default is 0.2.
     *
     * @param share in (0, 1)
     * @return this export
     * @throws IllegalStateException if it was already set
     */
    public FineTuningExport validationShare(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("validationShare must be in (0, 1)");
        }
        set.mark("validationShare");
        validationShare = share;
        return this;
    }

    /**
     * Writes both files, replacing existing ones.
     *
     * @param folder the folder of the files; created if missing
     * @return what was written
     * @throws IOException if they cannot be written
     */
    public Summary writeTo(Path folder) throws IOException {
        Exam validation = exam.last(validationShare);
        Exam training = validation.size() == 0 ? exam : exam.before(validation);
        wrong = 0;
        notOfModel = 0;
        repeated = 0;
        Files.createDirectories(folder);
        int inTraining = write(training.questions(), folder.resolve("train.jsonl"));
        int inValidation = write(validation.questions(), folder.resolve("validation.jsonl"));
        return new Summary(inTraining, inValidation, wrong, notOfModel, repeated);
    }

    private int write(List<ExamQuestion> questions, Path file) throws IOException {
        Set<Object> seen = new HashSet<>();
        try (Writer out = Files.newBufferedWriter(file)) {
            for (ExamQuestion question : questions) {
                TradingSignal signal = question.entry().model().orElse(null);
                if (signal == null || question.entry().source() != Source.REMOTE) {
                    notOfModel++;
                } else if (!isRight(question, signal.action())) {
                    wrong++;
                } else if (!seen.add(List.of(question.entry().snapshot(), signal.action()))) {
                    repeated++;
                } else {
                    out.write(example(question.entry().snapshot(), signal));
                    out.write('\n');
                }
            }
        }
        return seen.size();
    }

    private static boolean isRight(ExamQuestion question, Action action) {
        return action == Action.HOLD
                ? question.netReturn(Action.BUY) <= 0 && question.netReturn(Action.SELL) <= 0
                : question.netReturn(action) > 0;
    }

    private String example(AnonymizedSnapshot snapshot, TradingSignal signal) throws IOException {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeArrayFieldStart("messages");
            if (!prompt.isEmpty()) {
                message(json, "system", prompt);
            }
            message(json, "user", writer.apply(snapshot));
            message(json, "assistant", reply(signal));
            json.writeEndArray();
            json.writeEndObject();
        }
        return line.toString();
    }

    private static void message(JsonGenerator json, String role, String content) throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("content", content);
        json.writeEndObject();
    }

    /** The answer in the format the prompt asks for: verified evidence, and what of the model's sentence was kept. */
    private static String reply(TradingSignal signal) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("action", signal.action().name());
            json.writeNumberField("confidence", signal.confidence());
            json.writeStringField("risk", signal.risk().name().toLowerCase(Locale.ROOT));
            if (signal.stopLossPct().isPresent()) {
                json.writeNumberField("stop_loss_pct", signal.stopLossPct().getAsDouble());
            }
            if (signal.takeProfitPct().isPresent()) {
                json.writeNumberField("take_profit_pct", signal.takeProfitPct().getAsDouble());
            }
            if (!signal.evidence().isEmpty()) {
                json.writeObjectFieldStart("evidence");
                for (Evidence figure : signal.evidence()) {
                    json.writeFieldName(figure.name());
                    json.writeRawValue(figure.valueText());
                }
                json.writeEndObject();
            }
            if (!signal.commentary().isEmpty()) {
                json.writeStringField("reasoning", signal.commentary());
            }
            json.writeEndObject();
        }
        return text.toString();
    }
}
