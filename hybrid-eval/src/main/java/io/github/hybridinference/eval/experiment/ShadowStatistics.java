package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Usage;
import java.util.EnumMap;
import java.util.Map;

/** Counts the answers of live engine and candidate. Thread-safe. */
final class ShadowStatistics {
    private static final Action[] ACTIONS = Action.values();

    private final long[][] actions = new long[ACTIONS.length][ACTIONS.length];
    private final Side live = new Side();
    private final Side candidate = new Side();
    private long answers;
    private long compared;

    synchronized void add(Inference ofLive, Inference ofCandidate) {
        answers++;
        live.add(ofLive);
        candidate.add(ofCandidate);
        if (ofLive.source() != Source.FALLBACK && ofCandidate.source() != Source.FALLBACK) {
            compared++;
            actions[ofLive.signal().action().ordinal()][
                    ofCandidate.signal().action().ordinal()]++;
        }
    }

    synchronized ShadowReport report(long dropped) {
        Map<Action, Map<Action, Long>> table = new EnumMap<>(Action.class);
        for (Action row : ACTIONS) {
            Map<Action, Long> cells = new EnumMap<>(Action.class);
            for (Action column : ACTIONS) {
                cells.put(column, actions[row.ordinal()][column.ordinal()]);
            }
            table.put(row, cells);
        }
        return new ShadowReport(answers, dropped, compared, table, live.report(), candidate.report());
    }

    private static final class Side {
        private final Map<Source, Long> sources = new EnumMap<>(Source.class);
        private final LatencyWindow latencies = new LatencyWindow();
        private Usage usage = Usage.NONE;

        Side() {
            for (Source source : Source.values()) {
                sources.put(source, 0L);
            }
        }

        void add(Inference answer) {
            sources.merge(answer.source(), 1L, Long::sum);
            latencies.add(answer.latencyNanos());
            usage = usage.plus(answer.usage());
        }

        ShadowReport.Side report() {
            return new ShadowReport.Side(
                    new EnumMap<>(sources), usage.costNanoUsd(), latencies.quantile(0.5), latencies.quantile(0.99));
        }
    }
}
