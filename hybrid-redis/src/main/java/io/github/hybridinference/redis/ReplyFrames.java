package io.github.hybridinference.redis;

import java.io.StreamCorruptedException;

/**
 * Checks the lengths in a stream of replies before Jedis reads them: a server that is no Redis may send bytes that look like a
 * reply, and Jedis allocates whatever length it reads.
 *
 * <p>Parses RESP2, the version of the protocol that is used here. Not thread-safe.
 */
final class ReplyFrames {
    private static final String TYPES = "+-:$*";

    /** The longest string read is one byte longer than {@link SignalCodec#MAX_BYTES}. */
    private static final int LONGEST_STRING = 9_999;

    /** The longest list is the reply to an MGET of {@link RedisSignalCache#MOST_AT_ONCE} keys. */
    private static final int LONGEST_LIST = RedisSignalCache.MOST_AT_ONCE;

    private static final int NONE = -1;

    private int type = NONE;
    private int length;
    private boolean negative;
    private long skipping;

    /**
     * Checks the next bytes of the stream.
     *
     * @throws StreamCorruptedException for an unknown type, or a length beyond any reply to the commands used here
     */
    void check(byte[] bytes, int offset, int count) throws StreamCorruptedException {
        int end = offset + count;
        int at = offset;
        while (at < end) {
            if (skipping > 0) {
                int skipped = (int) Math.min(skipping, end - at);
                skipping -= skipped;
                at += skipped;
            } else if (type == NONE) {
                begin(bytes[at++]);
            } else {
                continueHeader(bytes[at++]);
            }
        }
    }

    private void begin(byte sign) throws StreamCorruptedException {
        if (TYPES.indexOf(sign) < 0) {
            throw new StreamCorruptedException("an unknown type of reply");
        }
        type = sign;
        length = 0;
        negative = false;
    }

    private void continueHeader(byte next) throws StreamCorruptedException {
        if (next == '\n') {
            skipping = type == '$' && !negative ? length + 2 : 0;
            type = NONE;
        } else if (type == '$' || type == '*') {
            negative |= next == '-';
            if (next >= '0' && next <= '9') {
                length = 10 * length + next - '0';
                checkLength();
            }
        }
    }

    private void checkLength() throws StreamCorruptedException {
        int longest = type == '$' ? LONGEST_STRING : LONGEST_LIST;
        if (length > (negative ? 1 : longest)) {
            throw new StreamCorruptedException("a length out of range");
        }
    }
}
