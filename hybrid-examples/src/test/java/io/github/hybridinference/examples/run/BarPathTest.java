package io.github.hybridinference.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.eval.Bar;
import io.github.hybridinference.examples.bars.SyntheticSeries;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BarPathTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void barThatClosesHigherGoesByItsLowFirst() {
        Bar bar = new Bar(START, 100, 112, 94, 106, 90);

        assertThat(BarPath.upTo(bar, 1, 6)).isEqualTo(new Bar(START, 100, 100, 97, 97, 15));
        assertThat(BarPath.upTo(bar, 2, 6)).isEqualTo(new Bar(START, 100, 100, 94, 94, 30));
        assertThat(BarPath.upTo(bar, 3, 6)).isEqualTo(new Bar(START, 100, 103, 94, 103, 45));
        assertThat(BarPath.upTo(bar, 5, 6)).isEqualTo(new Bar(START, 100, 112, 94, 109, 75));
        assertThat(BarPath.upTo(bar, 6, 6)).isEqualTo(bar);
    }

    @Test
    void barThatClosesLowerGoesByItsHighFirst() {
        Bar bar = new Bar(START, 106, 112, 94, 100, 90);

        assertThat(BarPath.upTo(bar, 1, 3)).isEqualTo(new Bar(START, 106, 112, 106, 112, 30));
        assertThat(BarPath.upTo(bar, 2, 3)).isEqualTo(new Bar(START, 106, 112, 94, 94, 60));
    }

    @Test
    void formingBarOnlyGrows() {
        for (Bar bar : SyntheticSeries.hourly(3, 200).bars()) {
            Bar before = BarPath.upTo(bar, 1, 7);
            for (int part = 2; part <= 7; part++) {
                Bar now = BarPath.upTo(bar, part, 7);
                assertThat(now.high()).isBetween(before.high(), bar.high());
                assertThat(now.low()).isBetween(bar.low(), before.low());
                assertThat(now.volume()).isBetween(before.volume(), bar.volume());
                before = now;
            }
        }
    }
}
