package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A day's sheet in Redis: a hash with one row per account, which reads {@code number:spent:reserved:heard}, and one account
 * per instance.
 *
 * <p>A row says what its instance has spent and holds reserved in all, not what changed. So a post that is repeated, lost or
 * late does no harm, the next one puts it right, and a Redis that comes back empty gets the figures again from the instances
 * that live. The number counts the posts; one with a lower number than the row's is refused.
 *
 * <p><b>Folding.</b> An account from which no post came for two minutes has no attempt under way any more; what it had
 * reserved counts as spent, as the attempts were most likely made and will be billed. Its row is added to the row
 * {@code v2:folded} and moved to a second hash, the folded accounts, which is only ever looked up by name. So the sheet holds
 * the instances of the last two minutes, however many were started before. If the instance posts again after all, what was
 * added for it is subtracted once, which is what the second hash is for. The number of the row {@code v2:folded} identifies
 * the sheet: when Redis loses the sheet and keeps the second hash, the latter is dropped. When it loses only the latter, an
 * account that returns counts twice, and the cap still holds.
 *
 * <p><b>Format.</b> Rows of format 1, the one before, have the same form and names without {@code v2:}; its script reads all
 * rows, {@code v2:folded} included, as accounts. So nodes of both formats keep one budget: rows of either are summed and
 * folded, and an account of format 1 that posts again after it was folded counts twice until the next post by a node of
 * format 2. Rows of later formats are summed, and not folded.
 *
 * <p><b>Large sheets.</b> Format 1 leaves a row for each start of a process. A sheet with more rows than {@link #CROWD} is
 * not read in one post but folded {@link #BATCH} rows at a time, and until that is done nothing is granted, since the sum is
 * not known. If most rows turn out to be of instances that live, it is read as a whole from then on.
 */
final class BudgetSheet {
    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(3);

    /** Rows that may be read in one post, beyond twice those that were left when the sheet was last folded. */
    static final int CROWD = 2_000;

    /** Rows folded in one post, at most. */
    static final int BATCH = 500;

    private static final byte[] POST = script();

    /** What the script says of a row that is not in the form above. */
    static final String UNREADABLE = "unreadable account";

    /** What the script returns while it folds a large sheet. */
    private static final Long COUNTING = 0L;

    /** As in the script. */
    private static final long MOST = (1L << 53) - 1;

    private static final int FIRST_AMOUNT = 9;

    private final List<byte[]> keys;
    private final String account;
    private final long cap;
    private final int crowd;
    private final int batch;

    /**
     * Makes an account on the sheet.
     *
     * @param keys the sheet's key and that of the folded accounts
     * @param name the account's name, without the format
     * @param cap of all accounts together, in billionths of a US dollar
     */
    BudgetSheet(List<byte[]> keys, String name, long cap) {
        this(keys, name, cap, CROWD, BATCH);
    }

    BudgetSheet(List<byte[]> keys, String name, long cap, int crowd, int batch) {
        this.keys = keys;
        this.account = RedisKeys.FORMAT + name;
        this.cap = cap;
        this.crowd = crowd;
        this.batch = batch;
    }

    private static byte[] script() {
        try (InputStream in = Objects.requireNonNull(BudgetSheet.class.getResourceAsStream("budget-post.lua"))) {
            return RedisKeys.bytes(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                    .collect(Collectors.joining("\n")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What the sheet says.
     *
     * @param counted false while a large sheet is folded: the sums are unknown, and nothing is granted
     * @param grants a 1 or a 0 for each amount asked for
     * @param othersSpent what the other accounts have spent
     * @param othersReserved what they hold reserved
     */
    record Reply(boolean counted, String grants, long othersSpent, long othersReserved) {}

    /** Posts the account's figures, and asks for amounts to be reserved. */
    Reply post(RedisPort port, long number, long spent, long reserved, long[] amounts) {
        byte[][] arguments = new byte[FIRST_AMOUNT + amounts.length][];
        arguments[0] = RedisKeys.bytes(account);
        long[] figures = {number, spent, reserved, cap, SILENT.toMillis(), KEPT.toMillis(), crowd, batch};
        for (int i = 0; i < figures.length; i++) {
            arguments[1 + i] = RedisKeys.bytes(Long.toString(figures[i]));
        }
        for (int i = 0; i < amounts.length; i++) {
            arguments[FIRST_AMOUNT + i] = RedisKeys.bytes(Long.toString(amounts[i]));
        }
        Object reply = port.run(POST, keys, arguments);
        if (COUNTING.equals(reply)) {
            return new Reply(false, "0".repeat(amounts.length), 0, 0);
        }
        if (reply instanceof List<?> parts
                && parts.size() == 3
                && parts.get(0) instanceof byte[] grants
                && grants.length == amounts.length
                && parts.get(1) instanceof Long spentByOthers
                && parts.get(2) instanceof Long reservedByOthers
                && isFigure(spentByOthers)
                && isFigure(reservedByOthers)) {
            return new Reply(true, new String(grants, StandardCharsets.US_ASCII), spentByOthers, reservedByOthers);
        }
        throw new RedisFailure(Kind.GARBAGE);
    }

    private static boolean isFigure(long number) {
        return number >= 0 && number <= MOST;
    }
}
