package io.github.hybridinference.eval.journal;

import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/** Returns the prefix of an engine's decision ids first, and pseudo-random numbers seeded with it afterwards. */
final class ReplayRandom implements RandomGenerator {
    private final long first;
    private final AtomicBoolean given = new AtomicBoolean();
    private final Random rest;

    ReplayRandom(long first) {
        this.first = first;
        this.rest = new Random(first);
    }

    /** The prefix of a decision id; 0 if the id has another form. */
    static long seedOf(String decisionId) {
        int end = decisionId.indexOf('-');
        try {
            return end < 0 ? 0 : Long.parseUnsignedLong(decisionId.substring(0, end), 16);
        } catch (NumberFormatException ofAnotherForm) {
            return 0;
        }
    }

    @Override
    public long nextLong() {
        return given.compareAndSet(false, true) ? first : rest.nextLong();
    }
}
