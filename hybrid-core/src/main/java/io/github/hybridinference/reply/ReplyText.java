package io.github.hybridinference.reply;

import io.github.hybridinference.remote.ReplyProblem;

/**
 * Finds the one JSON object in what a model wrote, in one pass and without patterns, so that no text can make it slow.
 *
 * <p>Outside the object anything may stand: prose, a Markdown fence, one closed block of thoughts. What stands inside
 * the thoughts never counts. Many a chat template puts the opening tag into the prompt, so a reply may begin inside the
 * block: a closing tag alone, with no object before it, ends such a block too.
 */
final class ReplyText {
    private static final String OPENING_TAG = "<think";
    private static final String CLOSING_TAG = "</think";

    private final String text;
    private int at;
    private int start = -1;
    private int end;
    private int openLists;
    private boolean thought;

    private ReplyText(String text) {
        this.text = text;
    }

    /**
     * Finds the object.
     *
     * @return from its opening to its closing brace, or to the end of the text if it is never closed; flat if it is JSON
     *     at all
     */
    static String objectIn(String text) throws UnusableReply {
        return new ReplyText(text).object();
    }

    private String object() throws UnusableReply {
        for (; at < text.length(); at++) {
            switch (text.charAt(at)) {
                case '{' -> takeObject();
                case '}' -> throw new UnusableReply(ReplyProblem.MALFORMED);
                case '[' -> openLists++;
                case ']' -> openLists = Math.max(0, openLists - 1);
                case '<' -> skipThoughts();
                default -> {
                    // prose, or a fence
                }
            }
        }
        if (start < 0) {
            throw new UnusableReply(ReplyProblem.NO_OBJECT);
        }
        return text.substring(start, end);
    }

    private void takeObject() throws UnusableReply {
        if (start >= 0) {
            throw new UnusableReply(ReplyProblem.SEVERAL_OBJECTS);
        }
        if (openLists > 0) {
            throw new UnusableReply(ReplyProblem.MALFORMED);
        }
        start = at;
        end = endOfObject();
        at = end - 1;
    }

    private int endOfObject() throws UnusableReply {
        for (int i = start + 1; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = endOfString(i);
                case '}' -> {
                    return i + 1;
                }
                case '{' -> throw new UnusableReply(ReplyProblem.MALFORMED);
                default -> {
                    // the parser's to judge
                }
            }
        }
        return text.length();
    }

    /** Where the string is closed that opens at {@code quote}, or where the text ends. */
    private int endOfString(int quote) {
        int closing = quote;
        do {
            closing = text.indexOf('"', closing + 1);
        } while (closing >= 0 && isEscaped(closing));
        return closing < 0 ? text.length() : closing;
    }

    private boolean isEscaped(int index) {
        int first = index;
        while (text.charAt(first - 1) == '\\') {
            first--;
        }
        return (index - first) % 2 == 1;
    }

    private void skipThoughts() throws UnusableReply {
        boolean closing = isAt(at, CLOSING_TAG);
        if (!closing && !isAt(at, OPENING_TAG)) {
            return;
        }
        int close = closing ? at : nextClosingTag();
        boolean objectWasThought = closing && start >= 0;
        if (close < 0 || thought || objectWasThought) {
            throw new UnusableReply(ReplyProblem.UNCLOSED_THINK);
        }
        thought = true;
        openLists = 0;
        at = close;
    }

    private int nextClosingTag() {
        int tag = at;
        do {
            tag = text.indexOf('<', tag + 1);
        } while (tag >= 0 && !isAt(tag, CLOSING_TAG));
        return tag;
    }

    private boolean isAt(int index, String tag) {
        return text.regionMatches(true, index, tag, 0, tag.length());
    }
}
