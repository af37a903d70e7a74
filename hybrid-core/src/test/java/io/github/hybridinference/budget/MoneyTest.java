package io.github.hybridinference.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @ParameterizedTest
    @CsvSource({
        "5.00, 5000000000",
        "0.000000001, 1",
        "' 12 ', 12000000000",
        "1.5e-3, 1500000",
        "9223372036.854775807, 9223372036854775807"
    })
    void readsExactAmounts(String usd, long nanoUsd) {
        assertThat(Money.nanoUsd(usd)).isEqualTo(nanoUsd);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "five",
                "5,00",
                "$5",
                "0",
                "-1",
                "0.0000000001",
                "9223372036.854775808",
                "1e999999999",
                "1000000000000000000000000",
                "NaN",
                "0x10"
            })
    void refusesWhatIsNoPositiveAmountWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Money.nanoUsd(text))
                .withMessage("an amount is a positive number of US dollars such as 5.00")
                .withNoCause();
    }

    @Test
    void showsUsDollars() {
        assertThat(Money.usd(1_500_000_000)).isEqualTo(1.5);
    }
}
