package io.github.hybridinference.eval.context;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of one source. Thread-safe. */
final class SourceCounters {
    final LongAdder fetches = new LongAdder();
    final LongAdder hits = new LongAdder();
    final LongAdder waits = new LongAdder();
    private final LongAdder[] absent = new LongAdder[Absence.values().length];

    SourceCounters() {
        for (int i = 0; i < absent.length; i++) {
            absent[i] = new LongAdder();
        }
    }

    void absent(Absence cause) {
        absent[cause.ordinal()].increment();
    }

    ContextStats stats(String name, boolean sparing) {
        Map<Absence, Long> causes = new EnumMap<>(Absence.class);
        for (Absence cause : Absence.values()) {
            causes.put(cause, absent[cause.ordinal()].sum());
        }
        return new ContextStats(name, fetches.sum(), hits.sum(), waits.sum(), causes, sparing);
    }
}
