package io.github.hybridinference.internal;

import io.github.hybridinference.model.Degradation;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What callers with complex scenarios experienced in the last five minutes: how many of them were answered by the rules in
 * place of a model, and why. Many threads write at once; a write takes no lock.
 *
 * @since 0.1.0
 */
public final class RecentAnswers {
    /** The minutes that are judged. */
    public static final int WINDOW_MINUTES = 5;

    private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SLOTS = (int) (TimeUnit.MINUTES.toNanos(WINDOW_MINUTES) / SLOT_NANOS);

    /** A fifth of the answers, and not just a few. */
    private static final double TOO_MANY = 0.2;

    private static final int FEWEST = 5;

    /** The owner's or the caller's own doing; a switched-off engine has a component of its own. */
    private static final Set<Degradation> NOT_TROUBLE =
            EnumSet.of(Degradation.NO_REMOTE, Degradation.PAUSED, Degradation.INTERRUPTED, Degradation.CLOSED);

    /**
     * Too many fallbacks.
     *
     * @param share of all answers to complex scenarios, in (0, 1]
     * @param leading the most frequent reason, an open breaker last
     */
    public record Trouble(double share, Degradation leading) {}

    /** Ten seconds. A slot is replaced as a whole, so a late writer may add to one that is no longer read. */
    private static final class Slot {
        private final long number;
        private final LongAdder answers = new LongAdder();
        private final AtomicLongArray fallbacks = new AtomicLongArray(Degradation.values().length);

        Slot(long number) {
            this.number = number;
        }
    }

    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /** Makes one without answers. */
    public RecentAnswers() {}

    /**
     * Counts an answer to a complex scenario.
     *
     * @param nowNanos the time in nanoseconds, on any clock that never goes back
     * @param degradation why it is a fallback, or null if it is a model's
     */
    public void add(long nowNanos, @Nullable Degradation degradation) {
        Slot slot = slotAt(nowNanos);
        slot.answers.increment();
        if (degradation != null) {
            slot.fallbacks.incrementAndGet(degradation.ordinal());
        }
    }

    private Slot slotAt(long nowNanos) {
        long number = Math.floorDiv(nowNanos, SLOT_NANOS);
        int index = (int) Math.floorMod(number, (long) SLOTS);
        while (true) {
            Slot known = slots.get(index);
            if (known != null && known.number >= number) {
                return known;
            }
            Slot fresh = new Slot(number);
            if (slots.compareAndSet(index, known, fresh)) {
                return fresh;
            }
        }
    }

    /**
     * Judges the last minutes.
     *
     * @param nowNanos the time in nanoseconds, on the clock of {@link #add}
     * @return empty if callers are served well enough, or too few asked to say
     */
    public Optional<Trouble> trouble(long nowNanos) {
        long newest = Math.floorDiv(nowNanos, SLOT_NANOS);
        long answers = 0;
        long fallbacks = 0;
        long[] byReason = new long[Degradation.values().length];
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = slots.get(i);
            if (slot == null || newest - slot.number >= SLOTS) {
                continue;
            }
            answers += slot.answers.sum();
            for (Degradation degradation : Degradation.values()) {
                long count = NOT_TROUBLE.contains(degradation) ? 0 : slot.fallbacks.get(degradation.ordinal());
                byReason[degradation.ordinal()] += count;
                fallbacks += count;
            }
        }
        if (fallbacks < FEWEST || fallbacks <= TOO_MANY * answers) {
            return Optional.empty();
        }
        return Optional.of(new Trouble(Math.min(1, (double) fallbacks / answers), leading(byReason)));
    }

    /** An open breaker is the consequence of what failed before it opened, which is named if it is among the answers. */
    private static Degradation leading(long[] byReason) {
        Degradation leading = Degradation.BREAKER_OPEN;
        for (Degradation degradation : Degradation.values()) {
            boolean isMore = byReason[degradation.ordinal()] > byReason[leading.ordinal()]
                    || (leading == Degradation.BREAKER_OPEN && byReason[degradation.ordinal()] > 0);
            leading = isMore && degradation != Degradation.BREAKER_OPEN ? degradation : leading;
        }
        return leading;
    }
}
