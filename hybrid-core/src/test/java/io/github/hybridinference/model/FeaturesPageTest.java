package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Writes the page of features out of the catalogue (with {@code -Dupdate}), and holds the two together. */
class FeaturesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "features.md");

    private static final String HEAD = """
            # Features

            <!-- Written by the build out of the catalogue: mvn test -pl hybrid-core -Dtest=FeaturesPageTest -Dupdate -->

            A name is a family, where the family has one a period `{n}` in bars, and a timeframe if the figure was computed on
            another one than the snapshot's: `rsi_14`, `rsi_7`, `rsi_14_4h`, `price_change_1h_pct`. What stands in brackets may be
            left out, and so may the standard period; the canonical name shows it where it has no brackets.

            Timeframes are %s; one of the same length is the same (`24h` is
            `1d`).

            Case and the separators `_`, `-` and space make no difference: `ema_20_dist_pct`, `ema20DistPct`, `EMA-20-DIST-PCT` and
            `Ema 20 dist pct` are one name. In maps, names of indicator libraries are read as well (below). A field of any other
            name is dropped and counted, and `snapshot.dropped()` shows its owner the name, the cause and the nearest name of the
            catalogue; the names stay in the process.

            A figure of a map that is out of the range, or anything but a number, is dropped as well; so is one whose value is
            that of another unit (`rsi_14` of 0.57), and a line more than 50 %% away from the price. A setter leaves out what is not
            finite and a price or line of zero or less, takes a figure beyond a range that is only convention at its end (a volume
            ratio of 1,500 is 999), and throws for what no market can show (an RSI of 101). A snapshot holds at most %d figures.
            Before it leaves the process a figure is
            rounded to a whole number of steps, so that none has more than %d significant digits. The order here is the order on the
            wire. A figure that is not here can be declared, as "Own features" says.

            A step marked × follows the market: what it says is for hourly bars of crypto, of which the average true range is about
            0.9 %%. Near zero it is divided where bars move less: by 1 to 100, as `FeatureFamily.step(timeframe, assetClass)` says.
            Set the asset class: without it a snapshot has the steps of crypto.

            | step of `volatility_pct`, of `price_change_pct` | %s |
            | --- | %s |
            %s
            If `volatility_pct` is not given, it is taken from `atr_14_pct`, or else from `atr_14` and `price`.
            """;

    private static final String STAYS = """

            ## Figures in price units

            They serve the rules and never leave. What they say in relation to the price leaves under the name in the last column,
            unless the snapshot holds that figure already.

            | name | period | what it is | leaves as |
            | --- | --- | --- | --- |
            """;

    /** How the anonymizer makes figures relative that have no relative form of their own. */
    private static final Map<String, String> TOGETHER = Map.ofEntries(
            Map.entry("price", "–"),
            Map.entry("macd_signal", "`macd_hist_pct`, with `macd`"),
            Map.entry("macd_previous", "–"),
            Map.entry("macd_signal_previous", "–"),
            Map.entry("bb_lower", "`bb_percent_b`, `bb_bandwidth`, with the other bands"),
            Map.entry("bb_middle", "`bb_bandwidth`, with the other bands"),
            Map.entry("bb_upper", "`bb_percent_b`, `bb_bandwidth`, with the other bands"),
            Map.entry("donchian_lower", "`donchian_position`, `donchian_width_pct`, with the upper one"),
            Map.entry("donchian_upper", "`donchian_position`, `donchian_width_pct`, with the lower one"),
            Map.entry("keltner_lower", "`keltner_position`, with the upper one"),
            Map.entry("keltner_upper", "`keltner_position`, with the lower one"),
            Map.entry("ichimoku_tenkan", "`ichimoku_tk_spread_pct`, with kijun-sen"),
            Map.entry("ichimoku_kijun", "`ichimoku_tk_spread_pct`, with tenkan-sen"),
            Map.entry("ichimoku_senkou_a", "`ichimoku_cloud_dist_pct`, `ichimoku_cloud_width_pct`, with span B"),
            Map.entry("ichimoku_senkou_b", "`ichimoku_cloud_dist_pct`, `ichimoku_cloud_width_pct`, with span A"));

    private static final String ALIASES = """

            ## Other names for the same

            Names of the common libraries that leave no doubt about the unit. `percent` is read as `pct` everywhere. Not taken are
            `bb_width`, `volatility`, `funding_rate`, `price_change_24h` and their like: half of their users mean a ratio, half a
            percentage, and a figure that is a hundred times too small is worse than a missing one. Timeframes go where they go in
            the family's name.

            | name | is |
            | --- | --- |
            """;

    private static final String LIBRARIES = """

            ## Names of libraries, in maps

            `features(map)` takes the names of ta4j, TA-Lib, pandas-ta, freqtrade and FreqAI, TradingView, `ta`, tushare and
            exchanges that are unmistakable, with any period for `{n}`, any timeframe (`rsi_14_1h`, `RSI|60`, `%-rsi-period_14_1h`)
            and one level of nesting (`{"macd": {"signal": ..}}`, `{"4h": {"rsi": ..}}`). A name that means different periods or units, such as
            `CCI` or `ROC`, is taken by `features(map, Vocabulary.TA_LIB)` and the like, which say whose names they are.

            Without a vocabulary these are dropped as AMBIGUOUS_NAME unless the name shows a period or a timeframe, since a
            portfolio or a position has them too: %s. `return_pct` is dropped too. `ema`, `sma`, `wma` and `hma` need their period with any
            vocabulary: IBKR's and Alpaca's `SMA` is an amount of money. In a map with a mark of an order, a position or an account
            (`side`, `qty`, `order_id`, `filled`, `avg_price`, `account` ..) only names of market indicators with a period or in
            percent are taken, `price` is not, and the others count as ACCOUNT_DATA and as sensitive. A price that a setter is
            given goes before a map's.

            A figure in percent that grows with the moves of the price and is smaller than a tenth of its step, such as `price_change_pct`
            0.017 in hourly bars, may be a ratio. It is dropped as WRONG_UNIT unless another such figure of the same map is 0.5 or
            more, or the map is read with `Vocabulary.CATALOGUE`. A distance without a unit (`ema_20_distance`) is taken if only one
            of percent, ratio and price units gives 0.04 to 15 %, and dropped as AMBIGUOUS_NAME otherwise.

            | vocabulary | name | is | converted |
            | --- | --- | --- | --- |
            """;

    private static final String OWN = """

            ## Own features

            `Feature.custom(name, low, high, digits)` declares one in code; `FeatureFile.read(path)`, and the service's
            `FEATURES_FILE`, read them from a file. Declare them on the engine's builder with `customFeatures(..)`, and let a map
            bring them with `accepting(..)`. All five lines are required, and the checks are those of code:

            ```yaml
            features:
              - name: my_alpha
                unit: score
                range: [-1, 1]
                step: 0.05
                meaning: Strength of the breakout model
            ```

            The name is sent. One that can tell whose figure it is or of which instrument, such as `btcusdt_momentum`, needs a reason
            in your own words: `Feature.customEvenThough(.., reason)`, or a line `even_though: ..` in the file.
            """;

    @Test
    void describesExactlyTheFeaturesOfTheCatalogue() throws IOException {
        String page = page();
        if (System.getProperty("update") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/features.md is out of date; write it anew with the command in its head")
                .isEqualTo(page);
    }

    private static String page() {
        String frames = Arrays.stream(Timeframe.values())
                .map(frame -> "`" + frame.code() + "`")
                .collect(Collectors.joining(", "));
        StringBuilder page = new StringBuilder(HEAD.formatted(
                frames,
                MarketSnapshot.MAX_FIGURES,
                FeatureFamily.MAX_DIGITS,
                eachTimeframe(" | ", Timeframe::code),
                eachTimeframe(" | ", frame -> "---"),
                Arrays.stream(AssetClass.values())
                        .map(FeaturesPageTest::marketRow)
                        .collect(Collectors.joining())));
        for (FeatureGroup group : FeatureGroup.values()) {
            List<FeatureFamily> families = Feature.catalogue().stream()
                    .filter(family -> family.group() == group && family.mayLeave())
                    .toList();
            if (!families.isEmpty()) {
                page.append("\n## ").append(title(group)).append("\n\n");
                page.append(
                        "| name | period | range | step | unit | what it is |\n| --- | --- | --- | --- | --- | --- |\n");
                families.forEach(family -> page.append(leavingRow(family)));
            }
        }
        page.append(STAYS);
        Feature.catalogue().stream()
                .filter(family -> !family.mayLeave())
                .forEach(family -> page.append(stayingRow(family)));
        page.append(ALIASES);
        FeatureAliases.ROWS.lines().forEach(row -> page.append(aliasRow(row)));
        page.append(LIBRARIES.replace(
                "%s", Doubts.ALSO_OF_PORTFOLIOS.stream().sorted().collect(Collectors.joining("`, `", "`", "`"))));
        String[] vocabulary = {"any or none"};
        LibraryNames.ROWS.lines().forEach(row -> {
            if (row.startsWith("[")) {
                vocabulary[0] = "`" + row.substring(1, row.length() - 1) + "`";
            } else {
                page.append(libraryRow(vocabulary[0], row));
            }
        });
        page.append(OWN);
        return page.toString();
    }

    private static String mark(FeatureFamily family) {
        return family.spec().fineness() == FamilySpec.Fineness.FIXED ? "" : " ×";
    }

    private static String marketRow(AssetClass kind) {
        return "| " + kind + " | "
                + eachTimeframe(
                        " | ",
                        frame -> plain(Feature.VOLATILITY_PCT.family().step(frame, kind)) + ", "
                                + plain(Feature.PRICE_CHANGE_PCT.family().step(frame, kind)))
                + " |\n";
    }

    private static String eachTimeframe(String between, Function<Timeframe, String> text) {
        return Arrays.stream(Timeframe.values()).map(text).collect(Collectors.joining(between));
    }

    private static String leavingRow(FeatureFamily family) {
        return "| `" + family.pattern() + "` | " + period(family) + " | " + plain(family.low()) + " to "
                + plain(family.high()) + " | " + plain(family.step()) + mark(family) + " | " + family.unit() + " | "
                + family.description() + " |\n";
    }

    private static String stayingRow(FeatureFamily family) {
        FeatureFamily relative = family.relative();
        String leaves =
                relative == null ? TOGETHER.get(family.spec().name().plainName()) : "`" + relative.pattern() + "`";
        return "| `" + family.pattern() + "` | " + period(family) + " | " + family.description() + " | " + leaves
                + " |\n";
    }

    private static String aliasRow(String row) {
        String[] cells = row.split(" \\| ", 2);
        FeatureFamily family = Catalogue.family(cells[0]);
        String names = Arrays.stream(cells[1].split(" "))
                .map(NamePattern::parse)
                .map(name -> "`" + withoutFrame(name.spelled(family.defaultPeriod() != 0)) + "`")
                .collect(Collectors.joining(", "));
        return "| " + names + " | `" + withoutFrame(family.pattern()) + "` |\n";
    }

    private static String libraryRow(String vocabulary, String row) {
        String[] sides = row.split(" = ", 2);
        String[] target = sides[1].split(" ", 2);
        String member = target[0].replace(':', ' ').replace('@', ' ');
        String names =
                Arrays.stream(sides[0].split(" ")).map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        String converted = target.length == 1
                ? ""
                : switch (target[1]) {
                    case "share" -> "in percent of the price";
                    case "difference" -> "in percent of the earlier price";
                    case "logarithm" -> "from a logarithm";
                    case "factor" -> "from a ratio of prices";
                    case "by_size" -> "the unit is found by the size";
                    default -> "× " + target[1].substring(1);
                };
        return "| " + vocabulary + " | " + names + " | `" + member + "` | " + converted + " |\n";
    }

    private static String withoutFrame(String pattern) {
        return pattern.replace("[_{timeframe}]", "");
    }

    private static String period(FeatureFamily family) {
        FamilySpec spec = family.spec();
        return spec.period() == 0 ? "–" : spec.period() + " (" + spec.minPeriod() + " to " + spec.maxPeriod() + ")";
    }

    private static String title(FeatureGroup group) {
        String words = group.name().replace('_', ' ').toLowerCase(Locale.ROOT);
        return group == FeatureGroup.ON_CHAIN
                ? "On-chain"
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
