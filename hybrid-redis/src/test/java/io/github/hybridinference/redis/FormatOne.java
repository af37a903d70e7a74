package io.github.hybridinference.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a node of the format before sends to Redis: its script and its bytes, frozen when format 2 came. */
final class FormatOne {
    /** The answer of {@link Entries#answer} with the text "calm" to the question "question". */
    static final String ANSWER =
            "480182d61d84426d3fe80000000000003ffe666666666666400e66666666666600000199c82cc00000000199"
                    + "c863ae800007612d6d6f64656c000137000463616c6d";

    static final String ANSWER_KEY = "hybrid:1f5087db919ced5c123c7f507d3fcce8";
    static final String LEASE_KEY = "hybrid:lease:1f5087db919ced5c123c7f507d3fcce8";

    private static final byte[] POST = script();

    private FormatOne() {}

    private static byte[] script() {
        try (InputStream in =
                Objects.requireNonNull(FormatOne.class.getResourceAsStream("/budget-post-format-1.lua"))) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Posts an account, and returns the grants and what the others have spent and reserved. */
    static List<?> post(
            RedisPort port,
            byte[] key,
            String account,
            long number,
            long spent,
            long reserved,
            long cap,
            long[] amounts) {
        List<String> arguments = new ArrayList<>(List.of(account));
        for (long figure : new long[] {
            number,
            spent,
            reserved,
            cap,
            Duration.ofMinutes(2).toMillis(),
            Duration.ofDays(3).toMillis()
        }) {
            arguments.add(Long.toString(figure));
        }
        for (long amount : amounts) {
            arguments.add(Long.toString(amount));
        }
        return (List<?>) port.run(
                POST, List.of(key), arguments.stream().map(RedisKeys::bytes).toArray(byte[][]::new));
    }
}
