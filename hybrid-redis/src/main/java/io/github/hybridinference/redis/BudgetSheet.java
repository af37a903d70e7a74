package io.github.hybridinference.redis;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A day's sheet in Redis: a hash with one account per instance, which only that instance writes.
 *
 * <p>An account says what its instance has spent and holds reserved in all, not what changed. So a post that is repeated,
 * lost or late does no harm, the next one puts it right, and a Redis that comes back empty is told the figures again by
 * those who live. An account of whom nothing was heard for two minutes has no attempt under way any more; what it had
 * reserved counts as spent, as the attempts were most likely made and will be billed.
 */
final class BudgetSheet {
    private static final Duration SILENT = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofDays(3);

    /**
     * Posts an account, and grants of the amounts asked for, in their order, those that fit under the cap.
     *
     * <p>Arguments: account, number of the post, spent, reserved, cap, silent, kept, amounts. An account reads
     * {@code number:spent:reserved:heard}. Where Lua no longer counts exactly, from 2^53 on, a figure is none of ours, and a
     * sum is above every cap.
     */
    private static final byte[] POST = RedisKeys.bytes("""
            local most = 9007199254740991
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            local spent, reserved = 0, 0
            local rows = redis.call('HGETALL', KEYS[1])
            for i = 1, #rows, 2 do
              local number, s, r, heard = string.match(rows[i + 1], '^(%d+):(%d+):(%d+):(%d+)$')
              if not number or math.max(number, s, r, heard) > most then
                return redis.error_reply('ERR unreadable account')
              end
              if rows[i] == ARGV[1] then
                if tonumber(number) > tonumber(ARGV[2]) then return redis.error_reply('ERR overtaken') end
              elseif now - heard > tonumber(ARGV[6]) then
                spent = spent + s + r
              else
                spent = spent + s
                reserved = reserved + r
              end
            end
            if spent + reserved > most then return redis.error_reply('ERR unreadable account') end
            local mine, held, grants = tonumber(ARGV[3]), tonumber(ARGV[4]), ''
            for i = 8, #ARGV do
              if spent + reserved + mine + held + ARGV[i] <= tonumber(ARGV[5]) then
                held = held + ARGV[i]
                grants = grants .. '1'
              else
                grants = grants .. '0'
              end
            end
            redis.call('HSET', KEYS[1], ARGV[1], string.format('%s:%.0f:%.0f:%.0f', ARGV[2], mine, held, now))
            redis.call('PEXPIRE', KEYS[1], ARGV[7])
            return {grants, spent, reserved}""");

    /** What the script says of a row that is none of ours. */
    static final String UNREADABLE = "unreadable account";

    /** As in the script. */
    private static final long MOST = (1L << 53) - 1;

    private BudgetSheet() {}

    /**
     * What the sheet says.
     *
     * @param grants a 1 or a 0 for each amount asked for
     * @param othersSpent what the other accounts have spent
     * @param othersReserved what they hold reserved
     */
    record Reply(String grants, long othersSpent, long othersReserved) {}

    static Reply post(
            RedisPort port,
            byte[] key,
            String account,
            long number,
            long spent,
            long reserved,
            long cap,
            long[] amounts) {
        byte[][] arguments = new byte[7 + amounts.length][];
        arguments[0] = RedisKeys.bytes(account);
        long[] figures = {number, spent, reserved, cap, SILENT.toMillis(), KEPT.toMillis()};
        for (int i = 0; i < figures.length; i++) {
            arguments[1 + i] = RedisKeys.bytes(Long.toString(figures[i]));
        }
        for (int i = 0; i < amounts.length; i++) {
            arguments[7 + i] = RedisKeys.bytes(Long.toString(amounts[i]));
        }
        Object reply = port.run(POST, key, arguments);
        if (reply instanceof List<?> parts
                && parts.size() == 3
                && parts.get(0) instanceof byte[] grants
                && grants.length == amounts.length
                && parts.get(1) instanceof Long spentByOthers
                && parts.get(2) instanceof Long reservedByOthers
                && isFigure(spentByOthers)
                && isFigure(reservedByOthers)) {
            return new Reply(new String(grants, StandardCharsets.US_ASCII), spentByOthers, reservedByOthers);
        }
        throw new RedisFailure(Kind.GARBAGE);
    }

    private static boolean isFigure(long number) {
        return number >= 0 && number <= MOST;
    }
}
