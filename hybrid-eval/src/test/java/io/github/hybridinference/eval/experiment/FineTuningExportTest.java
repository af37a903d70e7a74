package io.github.hybridinference.eval.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.reply.ReplyVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private List<JsonNode> read(String file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(file))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @Test
    void writesWhatTheModelWasRightAboutInTheChatFormat() throws IOException {
        FineTuningExport.Summary summary =
                FineTuningExport.of(Exams.exam(100)).prompt("Judge a market.").writeTo(folder);
        assertThat(summary.training() + summary.validation() + summary.wrong()).isEqualTo(100);
        List<JsonNode> examples = read("train.jsonl");
        assertThat(examples).hasSize(summary.training()).hasSizeGreaterThan(20);
        for (JsonNode example : examples) {
            JsonNode messages = example.get("messages");
            assertThat(messages).hasSize(3);
            assertThat(messages.get(0).get("role").textValue()).isEqualTo("system");
            assertThat(messages.get(0).get("content").textValue()).isEqualTo("Judge a market.");
            assertThat(messages.get(1).get("role").textValue()).isEqualTo("user");
            String question = messages.get(1).get("content").textValue();
            assertThat(messages.get(2).get("role").textValue()).isEqualTo("assistant");
            JsonNode reply = JSON.readTree(messages.get(2).get("content").textValue());
            assertThat(reply.get("action").textValue())
                    .isEqualTo(question.contains("\"sentiment_score\":0.5") ? "BUY" : "SELL");
        }
    }

    @Test
    void writesRepliesThatTheEngineWouldAccept() throws IOException {
        FineTuningExport.of(Exams.exam(50)).writeTo(folder);
        AnonymizedSnapshot sent = Exams.recording(1).entries().get(0).snapshot();
        for (JsonNode example : read("train.jsonl")) {
            assertThat(example.get("messages")).hasSize(2);
            String reply = example.get("messages").get(1).get("content").textValue();
            assertThat(ReplyVerifier.standard()
                            .verify(new RemoteReply(reply, RemoteReply.Finish.STOP, Usage.NONE, "m"), sent))
                    .isInstanceOf(ReplyVerifier.Accepted.class);
        }
    }

    @Test
    void holdsNeitherSymbolNorPriceNorTime() throws IOException {
        FineTuningExport.of(Exams.exam(50)).prompt("Judge.").writeTo(folder);
        String all =
                Files.readString(folder.resolve("train.jsonl")) + Files.readString(folder.resolve("validation.jsonl"));
        assertThat(all).doesNotContain("CANARY").doesNotContain("decision-").doesNotContain("2026");
    }

    @Test
    void putsAQuestionAsTheDeepSeekAdapterDoes() {
        assertThat(PromptFormat.of(Exams.recording(3).entries().get(2).snapshot()))
                .matches(
                        "1h crypto\n\\{\"[a-z_]+\":-?[0-9.]+(,\"[a-z_]+\":-?[0-9.]+)*,\"%\":\\{\"price_change\":-0.4}}")
                .contains("\"sentiment_score\":");
    }

    @Test
    void splitsByTimeAndLeavesOutWhatReachesAcross() throws IOException {
        Exam exam = Exam.of(Exams.recording(100), Exams.truth(Duration.ofHours(10)), 0);
        FineTuningExport.Summary summary = FineTuningExport.of(exam)
                .questions(snapshot -> Integer.toString((int) snapshot.get(Feature.of("consecutive_up"))))
                .validationShare(0.3)
                .writeTo(folder);
        assertThat(read("train.jsonl")).isNotEmpty().allMatch(line -> number(line) <= 60);
        assertThat(read("validation.jsonl")).isNotEmpty().allMatch(line -> number(line) >= 70);
        assertThat(summary.training() + summary.validation() + summary.wrong()).isEqualTo(91);
    }

    private static int number(JsonNode line) {
        return Integer.parseInt(line.get("messages").get(0).get("content").textValue());
    }

    @Test
    void leavesOutRepetitionsAndWhatTheModelDidNotAnswer() throws IOException {
        List<JournalEntry> entries = new ArrayList<>(Exams.recording(40).entries());
        JournalEntry first = entries.get(0);
        for (int i = 1; i < 10; i++) {
            entries.set(i, Exams.entry(i, first.snapshot(), first.action()));
        }
        entries.set(20, Exams.unanswered(entries.get(20)));
        Exam exam = Exam.of(Recording.of(entries), Exams.truth(Duration.ofHours(1)), 0);
        FineTuningExport.Summary summary = FineTuningExport.of(exam).writeTo(folder);
        boolean firstWasRight = exam.questions().get(0).netReturn(first.action()) > 0;
        assertThat(summary.repeated()).isEqualTo(firstWasRight ? 9 : 0);
        assertThat(summary.notOfModel()).isEqualTo(1);
    }

    @Test
    void refusesASplitThatIsNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FineTuningExport.of(Exams.exam(3)).validationShare(1));
    }
}
