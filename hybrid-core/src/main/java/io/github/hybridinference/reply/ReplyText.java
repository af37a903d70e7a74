package io.github.hybridinference.reply;

import io.github.hybridinference.model.PlainText;
import io.github.hybridinference.remote.ReplyProblem;
import java.util.List;

/**
 * Finds the one JSON object in what a model wrote, in one pass and without patterns, so that no text can make it slow.
 *
 * <p>Outside the object may stand what {@link Surroundings} allows, and one closed block of thoughts in one of the known
 * pairs of tags. What stands inside the thoughts never counts. Many a chat template puts the opening tag into the prompt,
 * so a reply may begin inside the block: a closing tag alone, with no object before it, ends such a block too.
 */
final class ReplyText {
    /** With these letters begin, behind the bracket, the tags of the blocks in which models are known to think. */
    private static final List<String> THOUGHTS = List.of("think", "thought", "reasoning", "reflection", "seed:think");

    private final String text;
    private final StringBuilder before = new StringBuilder();
    private final StringBuilder behind = new StringBuilder();
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
     * @return from its opening to its closing brace, or to the end of the text if it is never closed
     */
    static String objectIn(String text) throws UnusableReply {
        return new ReplyText(text).object();
    }

    private String object() throws UnusableReply {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            switch (c) {
                case '{' -> takeObject();
                case '}' -> throw new UnusableReply(ReplyProblem.MALFORMED);
                case '<' -> {
                    if (!skipThoughts('<', '>')) {
                        outside().append(c);
                    }
                }
                case '[' -> {
                    if (!skipThoughts('[', ']')) {
                        openLists++;
                        outside().append(c);
                    }
                }
                case ']' -> {
                    openLists = Math.max(0, openLists - 1);
                    outside().append(c);
                }
                default -> outside().append(c);
            }
        }
        if (start < 0) {
            throw new UnusableReply(ReplyProblem.NO_OBJECT);
        }
        if (!Surroundings.mayPrecede(PlainText.clean(before.toString()))
                || !Surroundings.mayFollow(PlainText.clean(behind.toString()))) {
            throw new UnusableReply(ReplyProblem.PROSE);
        }
        return text.substring(start, end);
    }

    private StringBuilder outside() {
        return start < 0 ? before : behind;
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

    private int endOfObject() {
        int depth = 1;
        for (int i = start + 1; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '"' -> i = endOfString(i);
                case '{' -> depth++;
                case '}' -> {
                    depth--;
                    if (depth == 0) {
                        return i + 1;
                    }
                }
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

    /**
     * Skips a block of thoughts that opens or closes here.
     *
     * @return false if there is none
     */
    private boolean skipThoughts(char bracket, char closingBracket) throws UnusableReply {
        boolean closing = isTag(at, bracket, "/");
        if (!closing && !isTag(at, bracket, "")) {
            return false;
        }
        int close = closing ? at : nextClosingTag(bracket);
        boolean objectWasThought = closing && start >= 0;
        int endOfTag = close < 0 ? -1 : text.indexOf(closingBracket, close);
        if (endOfTag < 0 || thought || objectWasThought) {
            throw new UnusableReply(ReplyProblem.UNCLOSED_THINK);
        }
        if (closing) {
            before.setLength(0);
        }
        thought = true;
        openLists = 0;
        at = endOfTag;
        return true;
    }

    private int nextClosingTag(char bracket) {
        int tag = at;
        do {
            tag = text.indexOf(bracket, tag + 1);
        } while (tag >= 0 && !isTag(tag, bracket, "/"));
        return tag;
    }

    private boolean isTag(int index, char bracket, String slash) {
        if (text.charAt(index) != bracket || !text.startsWith(slash, index + 1)) {
            return false;
        }
        int name = index + 1 + slash.length();
        for (String thoughts : THOUGHTS) {
            if (text.regionMatches(true, name, thoughts, 0, thoughts.length())) {
                return true;
            }
        }
        return false;
    }
}
