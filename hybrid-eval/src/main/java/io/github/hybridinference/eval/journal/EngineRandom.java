package io.github.hybridinference.eval.journal;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Gives the number that an engine's decision ids begin with first, and numbers that follow from it afterwards. */
final class EngineRandom implements RandomGenerator {
    private final long first;
    private final AtomicBoolean given = new AtomicBoolean();
    private final Random rest;

    EngineRandom(long first) {
        this.first = first;
        this.rest = new Random(first);
    }

    /** What a decision id begins with; 0 if it is of another make. */
    static long seedOf(String decisionId) {
        int end = decisionId.indexOf('-');
        try {
            return end < 0 ? 0 : Long.parseUnsignedLong(decisionId.substring(0, end), 16);
        } catch (NumberFormatException ofAnotherMake) {
            return 0;
        }
    }

    @Override
    public long nextLong() {
        return given.compareAndSet(false, true) ? first : rest.nextLong();
    }
}
