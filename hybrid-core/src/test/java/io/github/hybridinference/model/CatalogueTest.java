package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
    private static final String SPECIFIED = """
            rsi_14 rsi_7 rsi_14_1h ema_20_dist_pct price_change_1h_pct bb_percent_b bb_bandwidth atr_pct adx_14
            stoch_k stoch_d cci_20 mfi_14 williams_r obv_change_pct vwap_dist_pct volume_ratio funding_rate_pct
            open_interest_change_pct long_short_ratio order_book_imbalance spread_bps fear_greed_index
            sentiment_score news_count exchange_netflow_zscore active_addresses_change_pct
            realized_volatility_pct ichimoku_cloud_dist_pct ichimoku_tk_spread_pct donchian_position
            donchian_width_pct keltner_position supertrend_dist_pct price_zscore volume_zscore volatility_zscore
            """;

    @Test
    void knowsTheNamesOfTheSpecificationAsTheyAreWrittenThere() {
        for (String name : SPECIFIED.split("\\s+")) {
            assertThat(Feature.of(name).name()).isEqualTo(name);
            assertThat(Feature.of(name).family().mayLeave()).as(name).isTrue();
        }
    }

    @Test
    void hasAtLeastSixtyFamiliesThatMayLeaveFromEveryChapter() {
        List<FeatureFamily> leaving =
                Feature.catalogue().stream().filter(FeatureFamily::mayLeave).toList();
        assertThat(leaving).hasSizeGreaterThanOrEqualTo(60);
        List<FeatureGroup> chapters = new ArrayList<>(List.of(FeatureGroup.values()));
        chapters.remove(FeatureGroup.CUSTOM);
        assertThat(leaving.stream().map(FeatureFamily::group)).containsAll(chapters);
    }

    @Test
    void takesEverySpellingOfANameForTheSameName() {
        members().forEach(name -> {
            Feature feature = Feature.of(name);
            assertThat(feature.name()).isEqualTo(name);
            for (String spelling : Spellings.of(name)) {
                assertThat(Feature.find(spelling)).as(spelling).contains(feature);
            }
        });
    }

    /** Every family with its standard period, other periods, and on other timeframes. */
    static Stream<String> members() {
        return Feature.catalogue().stream().flatMap(family -> {
            List<Integer> periods = family.defaultPeriod() == 0
                    ? List.of(0)
                    : List.of(
                            family.defaultPeriod(),
                            family.spec().minPeriod(),
                            family.spec().maxPeriod());
            return periods.stream()
                    .flatMap(period -> Stream.of(null, Timeframe.M15, Timeframe.H4, Timeframe.W1)
                            .map(frame -> family.nameOf(period, frame)));
        });
    }

    @Test
    void givesEveryMemberANameOfItsOwn() {
        List<String> names = members().toList();
        assertThat(names.stream().map(name -> Feature.of(name).order()).distinct())
                .hasSameSizeAs(names.stream().distinct().toList());
    }

    @Test
    void readsEveryAliasAsTheFamilyItStandsFor() {
        for (String row : FeatureAliases.ROWS.split("\n")) {
            String[] cells = row.split(" \\| ", 2);
            for (String alias : cells[1].split(" ")) {
                String plain = NamePattern.parse(alias).plainName();
                Feature feature = Feature.of(plain);
                assertThat(feature.family()).as(plain).isSameAs(Catalogue.family(cells[0]));
                assertThat(feature.name()).as(plain).isNotEqualTo(plain);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "macd_histogram, macd_hist",
        "bollinger_upper, bb_upper",
        "fearAndGreed, fear_greed_index",
        "close, price",
        "relative_volume_50, volume_ratio_50",
        "RVOL, volume_ratio",
        "stochasticK, stoch_k",
        "roc_12, roc_12_pct",
        "atr_percent, atr_pct",
        "price-change-1h-percent, price_change_1h_pct",
        "bb_pct_b_50, bb_percent_b_50",
        "return_15m_pct, price_change_15m_pct",
        "rsi, rsi_14",
        "adx 1d, adx_14_1d"
    })
    void readsTheNamesThatOtherLibrariesUse(String name, String canonical) {
        assertThat(Feature.of(name).name()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @CsvSource({"24h, 1d", "60m, 1h", "240m, 4h", "120m, 2h", "7d, 1w", "168h, 1w"})
    void takesTimeframesOfTheSameLengthForTheSameTimeframe(String written, String canonical) {
        assertThat(Feature.of("price_change_" + written + "_pct"))
                .isEqualTo(Feature.of("price_change_" + canonical + "_pct"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "rs",
                "rsi_1",
                "rsi_201",
                "rsi_014",
                "rsi_0",
                "rsi_14_7",
                "rsi_14_3h",
                "rsi_14_0h",
                "rsi_14_1y",
                "rsi_14_1h_1d",
                "rsi_9999",
                "rsi_99999999999999999999",
                "price_14",
                "price.change.pct",
                "rsi.14",
                "rsi/14",
                "rsi\t14",
                "rsi\n",
                "rsi_14\u0000",
                "rsı_14",
                "ｒｓｉ_14",
                "rsi_１４",
                "рsi_14",
                "rsi\u200b_14",
                "rsi_14\u202e",
                "相对强弱指数",
                "volatility",
                "bb_width",
                "funding_rate",
                "price_change_24h",
                "sentiment",
                "obv",
                "volume",
                "rsi_14_score"
            })
    void knowsNoNameThatOnlyLooksLikeOne(String name) {
        assertThat(Feature.find(name)).isEmpty();
        assertThatThrownBy(() -> Feature.of(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a name of the catalogue: see docs/features.md, or declare it with Feature.custom")
                .hasNoCause();
    }

    @Test
    void describesEveryFamily() {
        for (FeatureFamily family : Feature.catalogue()) {
            assertThat(family.unit()).as(family.pattern()).isNotBlank();
            assertThat(family.description()).as(family.pattern()).isNotBlank().doesNotEndWith(".");
            assertThat(family.low()).as(family.pattern()).isLessThan(family.high());
            assertThat(family).hasToString(family.pattern());
            assertThat(family.ordinal()).isEqualTo(Feature.catalogue().indexOf(family));
            if (family.defaultPeriod() != 0) {
                assertThat(family.spec().acceptsPeriod(family.defaultPeriod())).isTrue();
            }
        }
    }

    @Test
    void describesEveryFamilyInWordsOfItsOwn() {
        Map<String, String> byText = new HashMap<>();
        for (FeatureFamily family : Feature.catalogue()) {
            assertThat(byText.put(family.description().toLowerCase(Locale.ROOT), family.pattern()))
                    .as(family.pattern())
                    .isNull();
        }
    }

    @Test
    void putsFiguresInPriceUnitsFirst() {
        List<Boolean> mayLeave =
                Feature.catalogue().stream().map(FeatureFamily::mayLeave).toList();
        assertThat(mayLeave).contains(false, true).isSorted();
    }

    @Test
    void givesEachDenseFeatureAPlaceAndNoOther() {
        assertThat(Arrays.stream(Feature.DENSE).map(Feature::slot))
                .containsExactlyElementsOf(
                        IntStream.range(0, Feature.DENSE.length).boxed().toList());
        assertThat(Feature.DENSE).as("slots in the order of the wire").isSorted();
        for (Feature feature : Feature.DENSE) {
            assertThat(Feature.of(feature.name())).isSameAs(feature);
        }
        assertThat(Feature.of("rsi_7").slot()).isEqualTo(Feature.NOT_DENSE);
        assertThat(Feature.of("rsi_14_1h").slot()).isEqualTo(Feature.NOT_DENSE);
    }

    @Test
    void comparesFeaturesByTheirPlaceOnTheWire() {
        assertThat(Feature.of("rsi_7")).isLessThan(Feature.RSI_14).isEqualTo(Feature.of("RSI 7"));
        assertThat(Feature.of("rsi_7")).hasSameHashCodeAs(Feature.of("RSI 7")).isNotEqualTo("rsi_7");
        assertThat(Feature.of("rsi_7_4h").timeframe()).contains(Timeframe.H4);
        assertThat(Feature.of("rsi_7_4h").period()).isEqualTo(7);
        assertThat(Feature.RSI_14.timeframe()).isEmpty();
    }
}
