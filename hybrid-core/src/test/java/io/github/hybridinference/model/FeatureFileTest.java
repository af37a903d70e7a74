package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureFileTest {
    private static final String GOOD = """
            # ours
            features:
              - name: my_alpha
                unit: score
                range: [-1, 1]
                step: 0.25
                meaning: "Strength of the breakout model, from weak to strong"
              - name: gap_rank
                unit: points
                range: [0, 400]
                step: 5     # coarse
                meaning: Rank of the gap
            """;

    @Test
    void declaresWhatTheFileSays() {
        List<Feature> features = FeatureFile.parse(GOOD);
        assertThat(features).extracting(Feature::name).containsExactly("my_alpha", "gap_rank");
        FeatureFamily alpha = features.get(0).family();
        assertThat(alpha.unit()).isEqualTo("score");
        assertThat(alpha.description()).isEqualTo("Strength of the breakout model, from weak to strong");
        assertThat(alpha.low()).isEqualTo(-1);
        assertThat(alpha.high()).isEqualTo(1);
        assertThat(alpha.step()).isEqualTo(0.25);
        assertThat(features.get(1).family().step()).isEqualTo(5);
        assertThat(features).allMatch(Feature::isCustom).isEqualTo(FeatureFile.parse(GOOD));
        assertThat(FeatureFile.parse(GOOD.replace("0.25", "0.5")).get(0)).isNotEqualTo(features.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: my_alpha | name: account_id | line 3: a custom feature must not have a sensitive name",
                "name: my_alpha | name: rsi_14 | line 3: the catalogue has a feature of that name",
                "name: my_alpha | name: My-Alpha | line 3: a custom feature is named",
                "name: my_alpha | name: gap_rank | line 8: a name stands there twice",
                "[-1, 1] | [1, -1] | line 3: a custom feature needs bounds",
                "[-1, 1] | [-1, hunter] | line 3: a range is",
                "[-1, 1] | [-1, 1e9] | line 3: a custom feature has a positive step",
                "0.25 | 0.00001 | line 3: a custom feature has a positive step",
                "0.25 | 0 | line 3: a custom feature has a positive step",
                "0.25 | -1 | line 3: a step is",
                "unit: score | unity: score | line 4: the keys are",
                "unit: score | step: 1 | line 6: a key stands there twice",
                "features: | feature: | line 2: the first line is"
            })
    void refusesWhatIsWrongWithItsLineAndWithoutItsText(String right, String wrong, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FeatureFile.parse(GOOD.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .withMessageContaining(message)
                .withMessageNotContaining("hunter");
    }
}
