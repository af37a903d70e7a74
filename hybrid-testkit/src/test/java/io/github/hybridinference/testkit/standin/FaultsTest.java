package io.github.hybridinference.testkit.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {

    private static final int CALLS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7, -1, Long.MAX_VALUE})
    void failTheWantedShareInEvenParts(long seed) {
        Map<Behaviour, Long> kinds = behaviours(0.2, seed).stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long plain = kinds.remove(Behaviour.answer());

        // Five standard deviations of a binomial distribution each.
        assertThat(CALLS - plain).isBetween(3_717L, 4_283L);
        assertThat(kinds).hasSize(8);
        assertThat(kinds.values()).allSatisfy(count -> assertThat(count).isBetween(390L, 610L));
    }

    @Test
    void areAFunctionOfSeedAndNumber() {
        assertThat(behaviours(0.3, 7)).isEqualTo(behaviours(0.3, 7)).isNotEqualTo(behaviours(0.3, 8));
    }

    @Test
    void areNoneAtRateZeroAndAllAtRateOne() {
        assertThat(behaviours(0, 7)).containsOnly(Behaviour.answer());
        assertThat(behaviours(1, 7)).doesNotContain(Behaviour.answer());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refuseARateThatIsNoShare(double rate) {
        assertThatThrownBy(() -> StandIn.builder().faults(rate, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Behaviour> behaviours(double rate, long seed) {
        Faults faults = new Faults(rate, seed);
        return LongStream.rangeClosed(1, CALLS).mapToObj(faults::of).toList();
    }
}
