package io.github.hybridinference.remote;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Session;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Checks what an adapter is about to send: the user's message must be exactly the words and figures of the snapshot, as
 * {@link ChatQuestion} writes them, and fine figures may go to a model on this machine only. Anything else is a bug of the
 * adapter, which must then fail with {@link RemoteException.Reason#PRIVACY} and send nothing.
 *
 * <p>The check reads byte by byte, shares no code with the writer, and refuses everything that it does not expect. Immutable
 * and thread-safe.
 *
 * @since 0.1.0
 */
public final class EgressCheck {
    private static final int FINE_DIGITS = 9;
    private static final int LONGEST_NUMBER = 18; // characters, so that the digits fit into a long

    private final boolean local;

    /**
     * Makes the check of one model's requests.
     *
     * @param local whether the model runs on this machine, the only place to which fine figures may be sent
     */
    public EgressCheck(boolean local) {
        this.local = local;
    }

    /**
     * Checks a message.
     *
     * @param message the user's message as the model will see it
     * @param request what is asked
     * @return whether it may be sent
     */
    public boolean passes(CharSequence message, RemoteRequest request) {
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        return isAllowed(request) && new Reading(bytes, 0, bytes.length, "\"", "\n").isQuestion(request);
    }

    /**
     * Checks a message inside a JSON body.
     *
     * @param body the bytes
     * @param start where the message begins, after the quote
     * @param end where it ends, before the quote
     * @param request what is asked
     * @return whether it may be sent
     */
    public boolean passes(byte[] body, int start, int end, RemoteRequest request) {
        return isAllowed(request) && new Reading(body, start, end, "\\\"", "\\n").isQuestion(request);
    }

    private boolean isAllowed(RemoteRequest request) {
        return local || request.snapshot().resolution() == Resolution.COARSE;
    }

    /** Reads a message once, from its start to its end. */
    private static final class Reading {
        private final byte[] body;
        private final int end;
        private final String quote;
        private final String lineBreak;
        private int at;

        Reading(byte[] body, int start, int end, String quote, String lineBreak) {
            this.body = body;
            this.at = start;
            this.end = end;
            this.quote = quote;
            this.lineBreak = lineBreak;
        }

        boolean isQuestion(RemoteRequest question) {
            AnonymizedSnapshot snapshot = question.snapshot();
            return read(snapshot.timeframe().code())
                    && (snapshot.assetClass() == AssetClass.UNKNOWN || readWord(snapshot.assetClass()))
                    && (snapshot.session() == Session.UNKNOWN || readWord(snapshot.session()))
                    && read(lineBreak)
                    && read("{")
                    && readFigures(snapshot)
                    && read("}")
                    && readComplaint(question)
                    && at == end;
        }

        private boolean readWord(Enum<?> word) {
            return read(" ") && read(word.name().toLowerCase(Locale.ROOT));
        }

        private boolean readFigures(AnonymizedSnapshot snapshot) {
            int plain = readMembers(snapshot, "");
            int percent = snapshot.size() - plain;
            return plain >= 0
                    && (percent == 0
                            || ((plain == 0 || read(","))
                                    && readName("%")
                                    && read("{")
                                    && readMembers(snapshot, "_pct") == percent
                                    && read("}")));
        }

        /** Reads the figures whose names have the ending, which is left out; returns how many, or -1 for anything else. */
        private int readMembers(AnonymizedSnapshot snapshot, String ending) {
            int count = 0;
            for (int i = 0; i < snapshot.size(); i++) {
                Feature feature = snapshot.feature(i);
                if (feature.name().endsWith("_pct") != ending.isEmpty()) {
                    boolean fits = feature.family().mayLeave()
                            && (count == 0 || read(","))
                            && readName(
                                    feature.name().substring(0, feature.name().length() - ending.length()))
                            && readNumber(snapshot.value(i), snapshot.resolution());
                    if (!fits) {
                        return -1;
                    }
                    count++;
                }
            }
            return count;
        }

        private boolean readName(String name) {
            return read(quote) && read(name) && read(quote) && read(":");
        }

        private boolean readComplaint(RemoteRequest question) {
            String complaint = question.complaint().isEmpty()
                    ? ""
                    : question.complaint().get().complaint();
            return complaint.isEmpty() || (read(lineBreak) && read(complaint));
        }

        /** Reads a plain decimal number with a bounded number of digits, which must equal the expected figure. */
        private boolean readNumber(double expected, Resolution resolution) {
            boolean negative = read("-");
            int start = at;
            long digits = 0;
            int decimals = -1;
            for (; at < end && at - start < LONGEST_NUMBER; at++) {
                if (body[at] >= '0' && body[at] <= '9') {
                    digits = digits * 10 + body[at] - '0';
                    decimals += decimals >= 0 ? 1 : 0;
                } else if (body[at] == '.' && decimals < 0 && at > start) {
                    decimals = 0;
                } else {
                    break;
                }
            }
            double value = digits / Math.pow(10, Math.max(0, decimals));
            return at > start
                    && isPlain(start, decimals)
                    && significantOf(digits)
                            <= (resolution == Resolution.COARSE ? FeatureFamily.MAX_DIGITS : FINE_DIGITS)
                    && !(negative && digits == 0)
                    && (negative ? -value : value) == expected;
        }

        /** Whether the number that began at {@code start} has no needless zeros, so that each figure has one spelling. */
        private boolean isPlain(int start, int decimals) {
            boolean zeroFirst = body[start] == '0' && at - start > 1 && body[start + 1] != '.';
            boolean zeroLast = decimals >= 0 && body[at - 1] == '0';
            return !zeroFirst && !zeroLast && decimals != 0;
        }

        private static int significantOf(long digits) {
            long rest = digits;
            while (rest != 0 && rest % 10 == 0) {
                rest /= 10;
            }
            return Long.toString(rest).length();
        }

        private boolean read(String expected) {
            int length = expected.length();
            if (length > end - at) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (body[at + i] != expected.charAt(i)) {
                    return false;
                }
            }
            at += length;
            return true;
        }
    }
}
