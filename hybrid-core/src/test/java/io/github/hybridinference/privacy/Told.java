package io.github.hybridinference.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.Resolution;
import java.math.BigDecimal;
import java.util.Set;

/** What an adapter can write of an anonymized snapshot, and the check that it is nothing but that. */
final class Told {
    static final Set<String> SECTIONS = Set.of(
            "market_data", "features", "sentiment_data", "on_chain_data", "onChainData", "FEATURES", "marketData");

    private Told() {}

    /** Words, names and figures in the order of the wire. */
    static String text(AnonymizedSnapshot snapshot) {
        StringBuilder text = new StringBuilder();
        text.append(snapshot.timeframe().code())
                .append(' ')
                .append(snapshot.assetClass())
                .append(' ')
                .append(snapshot.session());
        for (int i = 0; i < snapshot.size(); i++) {
            text.append(' ').append(snapshot.feature(i).name()).append('=');
            snapshot.appendValue(i, text);
        }
        return text.toString();
    }

    /** Catalogue names (and declared ones), figures on their steps and in range, in ascending order, and no more. */
    static void assertClosed(AnonymizedSnapshot snapshot, Set<Feature> declared) {
        assertThat(snapshot.resolution()).isEqualTo(Resolution.COARSE);
        for (int i = 0; i < snapshot.size(); i++) {
            Feature feature = snapshot.feature(i);
            if (feature.isCustom()) {
                assertThat(declared).contains(feature);
            } else {
                assertThat(Feature.find(feature.name())).contains(feature);
                assertThat(feature.family()).isIn(Feature.catalogue());
            }
            assertThat(i == 0 || snapshot.feature(i - 1).compareTo(feature) < 0).isTrue();
            assertThat(feature.family().mayLeave()).isTrue();
            assertRounded(snapshot, i);
        }
    }

    private static void assertRounded(AnonymizedSnapshot snapshot, int index) {
        FeatureFamily family = snapshot.feature(index).family();
        StringBuilder text = new StringBuilder();
        snapshot.appendValue(index, text);
        assertThat(text).matches("-?(0|[1-9]\\d*)(\\.\\d*[1-9])?");
        assertThat(new BigDecimal(text.toString()).stripTrailingZeros().precision())
                .isLessThanOrEqualTo(FeatureFamily.MAX_DIGITS);
        double value = Double.parseDouble(text.toString());
        assertThat(family.accepts(value)).isTrue();
        double steps = value
                / family.step(snapshot.feature(index).timeframe().orElse(snapshot.timeframe()), snapshot.assetClass());
        assertThat(Math.abs(steps - Math.rint(steps))).isLessThan(1e-6);
    }
}
