package io.github.hybridinference.testkit.standin;

import io.github.hybridinference.testkit.Fault;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random mix of faults observed at DeepSeek, at a given rate.
 *
 * <p>Whether and how a call fails is a function of the seed and the call's number alone, so that a run can be repeated
 * whatever the timing of its threads.
 */
final class Faults {

    private static final List<Behaviour> KINDS = List.of(
            Behaviour.of(Fault.RATE_LIMITED),
            Behaviour.of(Fault.SERVER_ERROR),
            Behaviour.of(Fault.OVERLOADED),
            Behaviour.reset(),
            Behaviour.content(" ".repeat(48), "stop"),
            Behaviour.truncated(),
            Behaviour.blankLines(3, Duration.ofMillis(100)),
            Behaviour.of(Fault.OUT_OF_RESOURCES));

    private final double rate;
    private final long seed;

    Faults(double rate, long seed) {
        // Written so that NaN is refused too.
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("the share of faults must lie between 0 and 1");
        }
        this.rate = rate;
        this.seed = seed;
    }

    /** A fault for the share of calls that is to fail, else the normal answer. */
    Behaviour of(long number) {
        if (rate == 0) {
            return Behaviour.answer();
        }
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        return random.nextDouble() < rate ? KINDS.get(random.nextInt(KINDS.size())) : Behaviour.answer();
    }
}
