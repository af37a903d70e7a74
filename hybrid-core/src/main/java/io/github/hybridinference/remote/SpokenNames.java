package io.github.hybridinference.remote;

import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.remote.WrittenFigures.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    record SpokenName(String words, @Nullable Unit unit, Set<FeatureFamily> families) {}

    /** Words, the unit they need, and what they can mean. */
    private static final String TABLE = """
            rsi, relative strength index, 相对强弱指数, 相对强弱指标 | - | rsi_14
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

    private static final String SEPARATORS = " _-&/";
    private static final int BUCKETS = 64;
    private static final SpokenName[][] BY_LAST_CHARACTER = byLastCharacter();

    private SpokenNames() {}

    /** Finds the longest name that ends at {@code end}. */
    static @Nullable SpokenName find(String text, int end) {
        SpokenName best = null;
        if (end > 0) {
            for (SpokenName name : BY_LAST_CHARACTER[lowerCase(text.charAt(end - 1)) % BUCKETS]) {
                if ((best == null || name.words.length() > best.words.length())
                        && startOf(name.words, text, end) >= 0) {
                    best = name;
                }
            }
        }
        return best;
    }

    /**
     * Tells where words begin that end at {@code end}, in any case, set apart by any separators or none.
     *
     * @return -1 if the text does not end with them there, or with a longer word
     */
    static int startOf(String words, String text, int end) {
        int at = end;
        for (int i = words.length() - 1; i >= 0; i--) {
            char wanted = words.charAt(i);
            if (wanted == ' ' || wanted == '_') {
                at = skipSeparators(text, at);
            } else if (at == 0 || lowerCase(text.charAt(at - 1)) != wanted) {
                return -1;
            } else {
                at--;
            }
        }
        boolean goesOn =
                at > 0 && WrittenFigures.isWordPart(words.charAt(0)) && WrittenFigures.isWordPart(text.charAt(at - 1));
        return goesOn ? -1 : at;
    }

    private static int skipSeparators(String text, int end) {
        int at = end;
        while (at > 0 && end - at < 3 && SEPARATORS.indexOf(text.charAt(at - 1)) >= 0) {
            at--;
        }
        return at;
    }

    private static char lowerCase(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    private static SpokenName[][] byLastCharacter() {
        List<SpokenName> names = new ArrayList<>();
        for (String row : TABLE.split("\n")) {
            String[] cells = row.split(" \\| ?", -1);
            Unit unit = cells[1].equals("-") ? null : Unit.valueOf(cells[1]);
            Set<FeatureFamily> families = Stream.of(cells[2].split(" "))
                    .filter(name -> !name.isEmpty())
                    .map(name -> Feature.of(name).family())
                    .collect(Collectors.toUnmodifiableSet());
            for (String words : cells[0].split(", ")) {
                names.add(new SpokenName(words, unit, families));
            }
        }
        SpokenName[][] buckets = new SpokenName[BUCKETS][];
        for (int i = 0; i < BUCKETS; i++) {
            int bucket = i;
            buckets[i] = names.stream()
                    .filter(name -> name.words.charAt(name.words.length() - 1) % BUCKETS == bucket)
                    .toArray(SpokenName[]::new);
        }
        return buckets;
    }
}
