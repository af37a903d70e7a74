package io.github.hybridinference.eval.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.eval.journal.Journal;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedContextTest {
    private static final Feature MOOD = Feature.SENTIMENT_SCORE;

    @TempDir
    private Path folder;

    private final ManualTime time = new ManualTime();
    private final ScriptedSource live = new ScriptedSource("mood", MOOD);

    private ContextEnricher enricher(ContextSource source) {
        return ContextEnricher.builder()
                .source(source)
                .clock(time.wall())
                .nanoClock(time::nanos)
                .scheduler(time.scheduler())
                .executor(Runnable::run)
                .build();
    }

    private static MarketSnapshot bar(String symbol, Instant close) {
        return MarketSnapshot.builder(symbol, Timeframe.H1).time(close).rsi(17).build();
    }

    /** Records a bar an hour for each of the moods, NaN for a failed fetch. */
    private Recording record(boolean keepingSymbols, Map<String, List<Double>> moods) throws IOException {
        try (Journal journal = keepingSymbols
                        ? Journal.in(folder).keepingSymbols().open()
                        : Journal.in(folder).open();
                ContextEnricher enricher = enricher(live);
                InferenceEngine plain = InferenceEngine.builder()
                        .listener(journal)
                        .clock(time.wall())
                        .build()) {
            InferenceEngine engine = enricher.before(plain);
            for (int i = 0; i < 3; i++) {
                for (String symbol : moods.keySet()) {
                    var unused = engine.inferAsync(bar(symbol, time.wall().instant()));
                    double mood = moods.get(symbol).get(i);
                    live.fetches
                            .get(live.fetches.size() - 1)
                            .complete(Double.isNaN(mood) ? Map.of() : Map.of(MOOD, mood));
                }
                time.advance(Duration.ofHours(1));
            }
        }
        return Recording.read(folder);
    }

    private Map<Integer, Double> replay(Recording recording, String symbol) {
        Map<Integer, Double> moods = new HashMap<>();
        try (ContextEnricher enricher = enricher(RecordedContext.of(recording, MOOD))) {
            for (int i = 0; i < 4; i++) {
                MarketSnapshot bar = bar(symbol, ManualTime.START.plus(Duration.ofHours(i)));
                moods.put(i, enricher.enrich(bar).join().get(MOOD));
            }
        }
        return moods;
    }

    @Test
    void suppliesToEachBarItsRecordedFiguresWithoutAnyFetch() throws IOException {
        Recording recording = record(false, Map.of("X", List.of(0.3, Double.NaN, -0.4)));
        int asked = live.fetches.size();
        assertThat(replay(recording, "X")).isEqualTo(Map.of(0, 0.3, 1, Double.NaN, 2, -0.4, 3, Double.NaN));
        assertThat(live.fetches).hasSize(asked);
    }

    @Test
    void tellsSymbolsApartIfTheJournalKeepsThem() throws IOException {
        Map<String, List<Double>> moods = new LinkedHashMap<>();
        moods.put("X", List.of(0.3, 0.1, 0.2));
        moods.put("Y", List.of(-0.3, -0.1, 0.2));
        Recording recording = record(true, moods);
        assertThat(replay(recording, "X")).containsEntry(0, 0.3).containsEntry(1, 0.1);
        assertThat(replay(recording, "Y")).containsEntry(0, -0.3).containsEntry(1, -0.1);
    }

    @Test
    void leavesOutWhatItCannotTellWhoseItWas() throws IOException {
        Map<String, List<Double>> moods = new LinkedHashMap<>();
        moods.put("X", List.of(0.3, 0.1, 0.2));
        moods.put("Y", List.of(-0.3, 0.1, 0.2));
        assertThat(replay(record(false, moods), "X")).isEqualTo(Map.of(0, Double.NaN, 1, 0.1, 2, 0.2, 3, Double.NaN));
    }
}
