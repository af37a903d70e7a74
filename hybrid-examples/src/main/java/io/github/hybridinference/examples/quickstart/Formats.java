package io.github.hybridinference.examples.quickstart;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for display, independently of the locale. */
final class Formats {

    private Formats() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String count(long number, String one) {
        return count(number) + " " + one + (number == 1 ? "" : "s");
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    static String price(double price) {
        double size = Math.abs(price);
        int decimals = size >= 10 || size == 0 ? 2 : size >= 0.01 ? 6 : 3 - (int) Math.floor(Math.log10(size));
        return String.format(Locale.ROOT, "%." + decimals + "f", price);
    }

    static String usd(double amount) {
        return String.format(Locale.ROOT, "$%.4f", amount);
    }

    static String nanos(long nanos) {
        if (nanos < 1_000_000) {
            return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
        }
        return nanos < 1_000_000_000
                ? String.format(Locale.ROOT, "%.1f ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** In the largest unit that needs no fraction. */
    static String duration(Duration duration) {
        if (duration.toSecondsPart() != 0) {
            return duration.toSeconds() + " s";
        }
        return duration.toMinutesPart() != 0 ? duration.toMinutes() + " min" : duration.toHours() + " h";
    }
}
