package io.github.hybridinference.eval.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.anonymize.Anonymizer;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleFigures;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.testing.FakeModel;
import io.github.hybridinference.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class JournalTest {
    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final FakeModel model = new FakeModel();

    @Test
    void keepsAllOfADecisionThatTheModelMade() throws IOException {
        model.always(FakeModel.replying(Questions.saying("BUY", 0.73)));
        Inference answer;
        try (Journal journal = Journal.in(folder).asking(model.identity()).open();
                InferenceEngine engine =
                        Questions.engine(time).remote(model).listener(journal).build()) {
            answer = engine.infer(Questions.hard(Questions.bar(0), 50.2));
        }
        JournalEntry entry = onlyEntry();
        assertThat(entry.decisionId()).isEqualTo(answer.decisionId());
        assertThat(entry.barTime()).isEqualTo(Questions.bar(0));
        assertThat(entry.symbol()).isEmpty();
        assertThat(entry.snapshot()).isEqualTo(Anonymizer.standard().anonymize(Questions.hard(Questions.bar(0), 50.2)));
        assertThat(entry.scenario()).isEqualTo(answer.scenario());
        assertThat(entry.signal()).isEqualTo(answer.signal());
        assertThat(entry.rules().signal().action()).isEqualTo(answer.rules().action());
        assertThat(entry.rules().score())
                .isEqualTo(RuleFigures.vote(answer.rules().score()));
        assertThat(entry.source()).isEqualTo(Source.REMOTE);
        assertThat(entry.asked()).contains(model.identity());
        assertThat(entry.provenance()).isEqualTo(answer.provenance());
        assertThat(entry.latency()).isEqualTo(answer.latency());
    }

    @Test
    void keepsWhyTheRulesStoodIn() throws IOException {
        model.always(FakeModel.failing(RemoteException.Reason.REJECTED));
        try (Journal journal = Journal.in(folder).asking(model.identity()).open();
                InferenceEngine engine =
                        Questions.engine(time).remote(model).listener(journal).build()) {
            engine.infer(Questions.hard(Questions.bar(0), 50));
        }
        JournalEntry entry = onlyEntry();
        assertThat(entry.source()).isEqualTo(Source.FALLBACK);
        assertThat(entry.degradation()).contains(Degradation.REJECTED);
        assertThat(entry.model()).isEmpty();
        assertThat(entry.signal().confidence()).isLessThanOrEqualTo(Inference.FALLBACK_CONFIDENCE_CAP);
    }

    @Test
    void keepsTheSymbolOnlyWhenAskedTo() throws IOException {
        try (Journal journal = Journal.in(folder).keepingSymbols().open();
                InferenceEngine engine =
                        Questions.engine(time).listener(journal).build()) {
            engine.infer(Questions.hard(Questions.bar(0), 50));
        }
        assertThat(onlyEntry().symbol()).contains("BTC-USDT");
    }

    @Test
    void roundsTheRulesNumbersAsTheFiguresThatLeft() throws IOException {
        Inference answer;
        try (Journal journal = Journal.in(folder).open();
                InferenceEngine engine =
                        Questions.engine(time).listener(journal).build()) {
            answer = engine.infer(MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .time(Questions.bar(0))
                    .rsi(17.4321987)
                    .volatilityPct(2.3456789)
                    .build());
        }
        assertThat(answer.signal().stopLossPct()).as("in full").hasValue(4.6913578);
        JournalEntry.Rules rules = onlyEntry().rules();
        assertThat(rules.signal().stopLossPct()).hasValue(4.8);
        assertThat(rules.signal().takeProfitPct()).hasValue(9.6);
        String line = Files.readString(RollingFiles.in(folder).get(0));
        assertThat(line.replaceFirst("\"latency_ns\":[0-9]+", "")
                        .replaceFirst("\"id\":\"[^\"]*\"", "")
                        .replaceFirst("\"bar\":\"[^\"]*\"", ""))
                .doesNotContainPattern("\\.[0-9]{3}");
    }

    @Test
    void namesNoPathWhenItCannotBeOpenedOrRead() throws IOException {
        Path file = Files.createFile(folder.resolve("customer-42"));
        assertThatIOException()
                .isThrownBy(() -> Journal.in(file).open())
                .withMessage("the folder of the journal cannot be made: FileAlreadyExistsException")
                .withNoCause();
        assertThatIOException()
                .isThrownBy(() -> Recording.read(folder.resolve("customer-43")))
                .withMessage("the folder of the journal cannot be read: NoSuchFileException")
                .withNoCause();
    }

    @Test
    void holdsNoPrice() throws IOException {
        try (Journal journal = Journal.in(folder).open();
                InferenceEngine engine =
                        Questions.engine(time).listener(journal).build()) {
            engine.infer(Questions.hard(Questions.bar(0), 50));
        }
        assertThat(Files.readString(RollingFiles.in(folder).get(0))).doesNotContain("64120", "63900", "BTC");
    }

    @Test
    void keepsCustomFeaturesForThoseWhoDeclareThem() throws IOException {
        Feature desk = Feature.custom("desk_mood", 0, 10, 2);
        try (Journal journal =
                        Journal.in(folder).anonymizer(Anonymizer.standard(desk)).open();
                InferenceEngine engine = Questions.engine(time)
                        .customFeatures(desk)
                        .listener(journal)
                        .build()) {
            engine.infer(MarketSnapshot.builder("X", Timeframe.D1)
                    .feature(desk, 7)
                    .time(Questions.bar(0))
                    .build());
        }
        assertThat(Recording.read(folder, desk).entries().get(0).snapshot().get(desk))
                .isEqualTo(7);
        assertThat(Recording.read(folder).skipped()).hasSize(1);
    }

    @Test
    void aLineTornByACrashIsSkippedAndReported() throws IOException {
        recordRules(3);
        Path file = RollingFiles.in(folder).get(0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 40));

        recordRules(1); // a new file, so that nothing is glued to the torn line
        Recording recording = Recording.read(folder);
        assertThat(recording.entries()).hasSize(3);
        assertThat(recording.skipped()).containsExactly(new Recording.Skipped("journal-000001.jsonl", 3, true));
    }

    @Test
    void aLineThatIsNoEntryIsSkippedAndReported() throws IOException {
        recordRules(1);
        Path file = RollingFiles.in(folder).get(0);
        Files.writeString(file, "{\"id\":7}\n{}\n[1]\n\"x\"\n\n\u0000\n", StandardOpenOption.APPEND);
        Recording recording = Recording.read(folder);
        assertThat(recording.entries()).hasSize(1);
        assertThat(recording.skipped()).hasSize(6);
    }

    @Test
    void tellsWhoPausedTheModelsAndWhen() throws IOException {
        try (Journal journal = Journal.in(folder).open();
                InferenceEngine engine =
                        Questions.engine(time).remote(model).listener(journal).build()) {
            engine.pauseRemote("night desk: \"odd\" answers");
            engine.infer(Questions.hard(Questions.bar(0), 50));
            time.advance(Duration.ofMinutes(5));
            engine.resumeRemote();
        }
        Recording recording = Recording.read(folder);

        assertThat(recording.switches())
                .containsExactly(
                        new SwitchEntry(ManualTime.START, false, "night desk: \"odd\" answers"),
                        new SwitchEntry(ManualTime.START.plusSeconds(300), true, ""));
        assertThat(recording.entries())
                .extracting(JournalEntry::degradation)
                .containsExactly(Optional.of(Degradation.PAUSED));
        assertThat(recording.skipped()).isEmpty();
    }

    @Test
    void aTornLineOfTheSwitchIsSkippedAndReported() throws IOException {
        Files.writeString(folder.resolve("journal-000001.jsonl"), """
                {"format":3,"event":"remote_switch","time":"yesterday","on":false,"reason":"x"}
                {"format":3,"event":"remote_switch","time":"2026-01-01T00:00:00Z","on":1,"reason":"x"}
                {"format":3,"event":"remote_switch","time":"2026-01-01T00:00:00Z","on":false}
                {"format":3,"event":"another","time":"2026-01-01T00:00:00Z","on":false,"reason":"x"}
                {"format":3,"event":"remote_sw
                """);
        Recording recording = Recording.read(folder);
        assertThat(recording.switches()).isEmpty();
        assertThat(recording.skipped()).hasSize(5);
    }

    @Test
    void rollsToANewFileAtTheSizeAgreed() throws IOException {
        try (Journal journal = Journal.in(folder).rollAtBytes(1).open();
                InferenceEngine engine =
                        Questions.engine(time).listener(journal).build()) {
            for (int i = 0; i < 4; i++) {
                engine.infer(Questions.hard(Questions.bar(i), 50));
            }
        }
        assertThat(RollingFiles.in(folder)).hasSize(4);
        assertThat(Recording.read(folder).entries())
                .extracting(JournalEntry::barTime)
                .containsExactly(Questions.bar(0), Questions.bar(1), Questions.bar(2), Questions.bar(3));
    }

    @Test
    void aModelItWasNotToldOfIsCounted() throws IOException {
        model.always(FakeModel.replying(Questions.saying("BUY", 0.73)));
        Journal journal = Journal.in(folder).open();
        try (journal;
                InferenceEngine engine =
                        Questions.engine(time).remote(model).listener(journal).build()) {
            engine.infer(Questions.hard(Questions.bar(0), 50));
        }
        assertThat(journal.unattributed()).isEqualTo(1);
        assertThat(journal.written()).isEqualTo(1);
    }

    private void recordRules(int decisions) throws IOException {
        try (Journal journal = Journal.in(folder).open();
                InferenceEngine engine =
                        Questions.engine(time).listener(journal).build()) {
            for (int i = 0; i < decisions; i++) {
                engine.infer(Questions.hard(Questions.bar(i), 50));
            }
        }
    }

    private JournalEntry onlyEntry() throws IOException {
        List<JournalEntry> entries = Recording.read(folder).entries();
        assertThat(entries).hasSize(1);
        return entries.get(0);
    }
}
