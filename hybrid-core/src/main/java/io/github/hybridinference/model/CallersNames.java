package io.github.hybridinference.model;

import io.github.hybridinference.model.LibraryNames.Meaning;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a name as callers have it in a map to what it means: spellings, decorations and timeframes of the libraries. */
final class CallersNames {
    /** Words of which a name loses one without losing its meaning. */
    private static final List<String> FILLING =
            List.of("indicator", "timeperiod", "barcount", "period", "length", "window", "bfq", "qfq", "hfq");

    private static final Pattern PAIR =
            Pattern.compile("[_-]([A-Z0-9]{2,10}/[A-Z0-9]{2,10}(?::[A-Z0-9]{2,10})?)(?=_|$)");
    private static final Pattern FRAME = Pattern.compile("(.*[^0-9])([1-9][0-9]{0,2})(m|min|h|H|d|D|w|W)");
    private static final Pattern FRAME_FIRST = Pattern.compile("([1-9][0-9]{0,2})(m|min|h|H|d|D|w|W)[_. -](.+)");
    private static final Pattern FRAME_OF_METATRADER = Pattern.compile("(.+)[_.| -]([MHDW])([1-9][0-9]?)");

    /** What TradingView appends to the figure of the bar before. */
    private static final String BAR_BEFORE = "[1]";

    private static final Pattern MINUTES = Pattern.compile("(.+)\\|([1-9][0-9]{0,3})");
    private static final int MINUTES_A_DAY = 1_440;
    private static final int MINUTES_AN_HOUR = 60;

    private CallersNames() {}

    /** What the name means, or null. {@code symbol} is what a name may mention as its instrument. */
    static @Nullable Meaning read(String text, @Nullable Vocabulary vocabulary, String symbol) {
        if (text.length() > FoldedName.MAX_LENGTH || text.endsWith(BAR_BEFORE)) {
            return null;
        }
        if (text.indexOf('|') >= 0) {
            return onTimeframe(text, vocabulary); // a number after it is of minutes, not a period
        }
        Meaning meaning = undecorated(text, vocabulary);
        if (meaning != null) {
            return meaning;
        }
        String rest = withoutPair(text, symbol);
        if (rest == null) {
            return null;
        }
        meaning = rest.equals(text) ? null : undecorated(rest, vocabulary);
        return meaning == null ? onTimeframe(rest, vocabulary) : meaning;
    }

    /** What a name without a meaning of its own means in some library, or null. */
    static @Nullable Feature inSomeLibrary(String text) {
        NumberedName name = NumberedName.of(text);
        Meaning meaning = name == null ? null : LibraryNames.ofSome(name);
        return meaning == null ? null : meaning.feature();
    }

    private static @Nullable Meaning undecorated(String text, @Nullable Vocabulary vocabulary) {
        NumberedName name = null;
        if (vocabulary != null && vocabulary != Vocabulary.CATALOGUE) {
            name = NumberedName.of(text);
            Meaning special = name == null ? null : inLibrary(name, vocabulary);
            if (special != null) {
                return special;
            }
        }
        Feature feature = Catalogue.find(text);
        if (feature != null) {
            return Meaning.plain(feature);
        }
        name = name == null ? NumberedName.of(text) : name;
        return name == null ? null : elsewhere(text, name);
    }

    private static @Nullable Meaning inLibrary(NumberedName name, Vocabulary vocabulary) {
        Meaning meaning = LibraryNames.of(vocabulary, name);
        for (int i = 0; meaning == null && i < FILLING.size(); i++) {
            NumberedName shorter = name.without(FILLING.get(i));
            meaning = shorter.letters().equals(name.letters()) ? null : LibraryNames.of(vocabulary, shorter);
        }
        return meaning;
    }

    private static @Nullable Meaning elsewhere(String text, NumberedName name) {
        Meaning meaning = LibraryNames.unmistakable(name);
        if (meaning == null && name.letters().contains("percent")) {
            meaning = LibraryNames.unmistakable(name.withShortPercent());
        }
        if (meaning != null) {
            return meaning;
        }
        String plain = onlySeparators(text);
        Feature feature = plain.equals(text) ? null : Catalogue.find(plain);
        if (feature != null) {
            return Meaning.plain(feature);
        }
        for (String word : FILLING) {
            if (name.letters().contains(word)) {
                feature = Catalogue.find(plain.replaceFirst("(?i)" + word, "_"));
                return feature == null ? LibraryNames.unmistakable(name.without(word)) : Meaning.plain(feature);
            }
        }
        return null;
    }

    /** Dots, brackets and the like as underscores. */
    private static String onlySeparators(String text) {
        return text.replaceAll("[.,()\\[\\]|:%&]+", "_");
    }

    /** Without the pair that FreqAI appends; null if that is not the snapshot's instrument. */
    private static @Nullable String withoutPair(String text, String symbol) {
        Matcher pair = PAIR.matcher(text);
        if (!pair.find()) {
            return text;
        }
        return lettersOf(symbol).startsWith(lettersOf(pair.group(1).split(":", 2)[0]))
                ? text.substring(0, pair.start()) + text.substring(pair.end())
                : null;
    }

    private static String lettersOf(String symbol) {
        return symbol.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
    }

    private static @Nullable Meaning onTimeframe(String text, @Nullable Vocabulary vocabulary) {
        Matcher minutes = MINUTES.matcher(text);
        if (minutes.matches()) {
            Timeframe frame = ofMinutes(Integer.parseInt(minutes.group(2)));
            return on(frame, minutes.group(1), vocabulary);
        }
        Matcher last = FRAME.matcher(text);
        if (last.matches()) {
            return on(frameOf(last.group(2), last.group(3)), last.group(1), vocabulary);
        }
        Matcher metaTrader = FRAME_OF_METATRADER.matcher(text);
        if (metaTrader.matches()) {
            return on(frameOf(metaTrader.group(3), metaTrader.group(2)), metaTrader.group(1), vocabulary);
        }
        Matcher first = FRAME_FIRST.matcher(text);
        // a day's return is as well a portfolio's
        return first.matches() && !first.group(3).regionMatches(true, 0, "return", 0, "return".length())
                ? on(frameOf(first.group(1), first.group(2)), first.group(3), vocabulary)
                : null;
    }

    private static @Nullable Timeframe frameOf(String amount, String unit) {
        return Timeframe.of(Integer.parseInt(amount), Character.toLowerCase(unit.charAt(0)));
    }

    private static @Nullable Timeframe ofMinutes(int minutes) {
        return minutes % MINUTES_A_DAY == 0
                ? Timeframe.of(minutes / MINUTES_A_DAY, 'd')
                : minutes % MINUTES_AN_HOUR == 0
                        ? Timeframe.of(minutes / MINUTES_AN_HOUR, 'h')
                        : Timeframe.of(minutes, 'm');
    }

    private static @Nullable Meaning on(@Nullable Timeframe frame, String text, @Nullable Vocabulary vocabulary) {
        if (frame == null) {
            return null;
        }
        Meaning meaning = undecorated(text, vocabulary);
        return meaning == null || meaning.feature().timeframe().isPresent() ? null : meaning.on(frame);
    }
}
