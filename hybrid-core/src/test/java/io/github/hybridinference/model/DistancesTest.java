package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class DistancesTest {
    @Test
    void usualDistancesAreOneObject() {
        OptionalDouble first = Distances.shared(OptionalDouble.of(1.23));

        assertThat(first).hasValue(1.23);
        assertThat(Distances.shared(OptionalDouble.of(1.23))).isSameAs(first);
        assertThat(Distances.shared(OptionalDouble.of(1.24))).isNotSameAs(first).hasValue(1.24);
    }

    @Test
    void everyDistanceKeepsItsExactValue() {
        for (double value : new double[] {1e-300, 0.001, 0.01, 1.234, 1.2300000000000002, 49.99, 50}) {
            assertThat(Distances.shared(OptionalDouble.of(value))).hasValue(value);
        }
        assertThat(Distances.shared(OptionalDouble.empty())).isEmpty();
    }
}
