package io.github.hybridinference.redis;

import io.github.hybridinference.model.CacheKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The names of the keys: a prefix, the format, and a digest or a date. A script's keys are in one slot of a cluster. */
final class RedisKeys {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{1,64}");
    /**
     * The number of the format, in keys and in values. Nodes of another number ignore these answers and leases; all keep one
     * budget.
     */
    static final String FORMAT = "v2:";

    private static final byte[] HEX = bytes("0123456789abcdef");
    private static final int DIGITS = 32;

    private final byte[] answers;
    private final byte[] leases;
    private final String prefix;

    RedisKeys(String prefix) {
        this(prefix, "");
    }

    private RedisKeys(String prefix, String kind) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix is 1 to 64 letters, digits, colons, dots, dashes, underscores");
        }
        this.prefix = prefix;
        this.answers = bytes(prefix + FORMAT + kind);
        this.leases = bytes(prefix + FORMAT + kind + "lease:");
    }

    /**
     * Returns the names for signed answers and leases. They differ from those of others, so that engines with and without a
     * secret ignore each other while a fleet changes over. There is one budget for both.
     */
    RedisKeys signed() {
        return new RedisKeys(prefix, "signed:");
    }

    byte[] answer(CacheKey key) {
        return named(answers, key);
    }

    byte[] lease(CacheKey key) {
        return named(leases, key);
    }

    /**
     * Returns the key of a day's sheet, which is the same in all formats, as they keep one budget, and that of the accounts
     * folded into it. The part in braces puts both into one slot of a cluster.
     */
    List<byte[]> budget(LocalDate day) {
        String sheet = prefix + "budget:" + day;
        return List.of(bytes(sheet), bytes(prefix + FORMAT + "folded:{" + sheet + "}"));
    }

    /** Returns a key that is read to find out whether Redis answers; it has no value. */
    byte[] probe() {
        return bytes(prefix + "probe");
    }

    /** Writes the digits of {@link CacheKey#toHex()} without making a string: this runs for each look-up. */
    private static byte[] named(byte[] kind, CacheKey key) {
        byte[] name = Arrays.copyOf(kind, kind.length + DIGITS);
        long half = key.low();
        for (int i = name.length - 1; i >= kind.length; i--) {
            name[i] = HEX[(int) (half & 15)];
            half = name.length - i == DIGITS / 2 ? key.high() : half >>> 4;
        }
        return name;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
