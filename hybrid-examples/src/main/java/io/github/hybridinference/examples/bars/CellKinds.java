package io.github.hybridinference.examples.bars;

import java.util.regex.Pattern;

/** What a cell looks like, before it is known in which style a file writes its numbers and times. */
final class CellKinds {
    private static final Pattern NUMBER = Pattern.compile(
            "[-+(]?[$€£¥]?\\d[\\d.,'\u00a0\u202f ]*(?:[eE][-+]?\\d+)?\\s*[KMBTkmbt%万亿]?\\)?|[-+]?[.,]\\d+");
    private static final Pattern EPOCH = Pattern.compile(
            "(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])|\\d{9,19}(?:\\.\\d+)?|\\d\\.\\d+[eE]\\+?\\d+");

    private CellKinds() {}

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    /** Whether it may be a point in time, alone or as a date beside a time of day. */
    static boolean isTime(String cell) {
        return EPOCH.matcher(cell).matches() || Times.isDate(cell);
    }

    /** Whether it is a single number or time: a line that is split at the wrong character has few such cells. */
    static boolean isPlain(String cell) {
        return isNumber(cell) || isTime(cell) || Times.isTimeOfDay(cell);
    }

    static boolean isPlainNonEmpty(String cell) {
        return !cell.isEmpty() && isPlain(cell);
    }
}
