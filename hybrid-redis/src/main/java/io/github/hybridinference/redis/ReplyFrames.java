package io.github.hybridinference.redis;

import java.io.StreamCorruptedException;

/**
 * The lengths in a stream of replies, looked at before Jedis makes room for them: what is no Redis may begin like a reply,
 * and Jedis believes any length at once.
 *
 * <p>Follows the older form of the protocol, RESP2, which is the one spoken here. Not thread-safe.
 */
final class ReplyFrames {
    private static final String TYPES = "+-:$*";

    /** What is read at most is {@link SignalCodec#MAX_BYTES} and one more. */
    private static final int LONGEST_STRING = 9_999;

    /** The longest is the answer to a greeting, seven pairs, with a list of the server's modules. */
    private static final int LONGEST_LIST = 99;

    private static final int NONE = -1;

    private int type = NONE;
    private int length;
    private boolean negative;
    private long skipping;

    /**
     * Looks at what came next.
     *
     * @throws StreamCorruptedException for another type, or a length beyond any reply to what is asked here
     */
    void look(byte[] bytes, int offset, int count) throws StreamCorruptedException {
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
                goOn(bytes[at++]);
            }
        }
    }

    private void begin(byte sign) throws StreamCorruptedException {
        if (TYPES.indexOf(sign) < 0) {
            throw new StreamCorruptedException("no such type");
        }
        type = sign;
        length = 0;
        negative = false;
    }

    private void goOn(byte next) throws StreamCorruptedException {
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
