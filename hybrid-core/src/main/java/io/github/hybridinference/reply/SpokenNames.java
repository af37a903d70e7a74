package io.github.hybridinference.reply;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.reply.WrittenFigures.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How people write the names of the common figures, besides their names in the catalogue. */
final class SpokenNames {
    /**
     * A way of writing.
     *
     * @param words in lower case, with blanks where words can be set apart or written as one
     * @param unit the unit without which a figure after it means something else, or null
     * @param families what can be meant; empty for words that only look like another name
     */
    record SpokenName(String words, @Nullable Unit unit, List<FeatureFamily> families) {
        boolean canMean(FeatureFamily family) {
            for (FeatureFamily meant : families) {
                if (meant == family) {
                    return true;
                }
            }
            return false;
        }

        private String lastWord() {
            return words.substring(words.lastIndexOf(' ') + 1);
        }

        private String wordsBefore() {
            return words.substring(0, Math.max(0, words.lastIndexOf(' ')));
        }
    }

    /** The names that end with one word, the longest first, and what they have before it. */
    private static final class Group {
        private final String lastWord;
        private final SpokenName[] names;
        private final String[] wordsBefore;

        Group(String lastWord, List<SpokenName> all) {
            this.lastWord = lastWord;
            names = all.stream()
                    .sorted(comparing((SpokenName name) -> name.words.length()).reversed())
                    .toArray(SpokenName[]::new);
            wordsBefore = Stream.of(names).map(SpokenName::wordsBefore).toArray(String[]::new);
        }

        @Nullable Mention endingAt(String text, int end, int period) {
            int word = Spelling.startOfPart(lastWord, text, end);
            if (word < 0) {
                return null;
            }
            int before = Spelling.skipSeparators(text, word);
            for (int i = 0; i < names.length; i++) {
                boolean single = wordsBefore[i].isEmpty();
                int start = single ? word : Spelling.startOfPart(wordsBefore[i], text, before);
                if (start >= 0 && Spelling.isWhole(names[i].words, text, start)) {
                    return new Mention(start, -1, names[i], period);
                }
            }
            return null;
        }
    }

    /** Words, the unit they need, and what they can mean. */
    private static final String TABLE = """
            rsi, rsi指标, relative strength index, 相对强弱指数, 相对强弱指标 | - | rsi_14
            stoch rsi, stochastic rsi | - | stoch_rsi
            connors rsi | - | connors_rsi
            adx, average directional index | - | adx_14
            mfi, money flow index | - | mfi_14
            cci, commodity channel index | - | cci_20
            williams r, williams %r, %r | - | williams_r
            stoch, stochastic, stochastics, stochastic oscillator | - | stoch_k stoch_d stoch_rsi
            %k, stoch k, stoch %k, stochastic k, stochastic %k | - | stoch_k
            %d, stoch d, stoch %d, stochastic d, stochastic %d | - | stoch_d
            stoch rsi %k, stochastic rsi %k, stoch rsi k, stoch rsi %d, stochastic rsi %d, stoch rsi d | - | stoch_rsi
            macd | PERCENT | macd_pct macd_signal_pct macd_hist_pct
            macd line | PERCENT | macd_pct
            macd signal, macd signal line | PERCENT | macd_signal_pct
            macd hist, macd histogram | PERCENT | macd_hist_pct
            %b, percent b, bollinger %b, bollinger percent b, bb %b, bb percent b | - | bb_percent_b
            atr, average true range | PERCENT | atr_14_pct volatility_pct
            volatility, 波动率 | PERCENT | volatility_pct atr_14_pct realized_volatility_pct implied_volatility_pct
            realized volatility, realised volatility, historical volatility | PERCENT | realized_volatility_pct
            annualized volatility, annualised volatility | PERCENT | realized_volatility_pct implied_volatility_pct
            implied volatility | PERCENT | implied_volatility_pct
            volume, trading volume, 成交量 | TIMES | volume_ratio
            volume ratio, relative volume, rvol, 量比, 成交量比 | - | volume_ratio
            buy volume, sell volume, bid volume, ask volume, call volume, put volume, spot volume | - |
            short volume, long volume, social volume, up volume, down volume | - |
            fear greed, fear and greed, f&g, fear and greed index, 恐惧贪婪指数, 恐慌贪婪指数 | - | fear_greed_index
            sentiment, 情绪 | - | sentiment_score news_sentiment social_sentiment
            news sentiment | - | news_sentiment
            social sentiment | - | social_sentiment
            price change | PERCENT | price_change_pct
            funding, funding rate, 资金费率 | PERCENT | funding_rate_pct
            order book imbalance, book imbalance | - | order_book_imbalance
            long short, long short ratio | - | long_short_ratio
            put call, put call ratio | - | put_call_ratio
            """;

    private static final int BUCKETS = 256;
    private static final Group[][] GROUPS = groups();

    private SpokenNames() {}

    /**
     * Finds the longest name that ends at {@code end}, which is not 0.
     *
     * @param period the number of bars said after it, or 0
     */
    static @Nullable Mention endingAt(String text, int end, int period) {
        Mention longest = null;
        for (Group group : GROUPS[bucket(text, end)]) {
            longest = Mention.longer(longest, group.endingAt(text, end, period));
        }
        return longest;
    }

    /** By the last character, which says the most without being looked for. */
    private static int bucket(String text, int end) {
        return Spelling.lowerCase(text.charAt(end - 1)) % BUCKETS;
    }

    private static Group[][] groups() {
        List<Group> all = names().collect(groupingBy(SpokenName::lastWord)).entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
        Group[][] buckets = new Group[BUCKETS][];
        Arrays.setAll(
                buckets,
                bucket -> all.stream()
                        .filter(group -> bucket(group.lastWord, group.lastWord.length()) == bucket)
                        .toArray(Group[]::new));
        return buckets;
    }

    private static Stream<SpokenName> names() {
        return TABLE.lines().flatMap(SpokenNames::namesIn);
    }

    private static Stream<SpokenName> namesIn(String row) {
        String[] cells = row.split(" \\| ?", -1);
        Unit unit = cells[1].equals("-") ? null : Unit.valueOf(cells[1]);
        List<FeatureFamily> families = Stream.of(cells[2].split(" "))
                .filter(name -> !name.isEmpty())
                .map(name -> Feature.of(name).family())
                .toList();
        return Stream.of(cells[0].split(", ")).map(words -> new SpokenName(words, unit, families));
    }
}
