package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.model.Action;
import picocli.CommandLine.Help.Ansi;

/** Styles text with colour on a terminal, and leaves it plain elsewhere. */
final class AnsiText {

    private final Ansi ansi;

    /** A terminal may be without colour too: NO_COLOR and similar variables are respected. */
    AnsiText(boolean terminal) {
        ansi = terminal ? Ansi.AUTO : Ansi.OFF;
    }

    String title(String text) {
        return marked("bold", text);
    }

    String faint(String text) {
        return marked("faint", text);
    }

    String warning(String text) {
        return marked("yellow", text);
    }

    String action(Action action, String text) {
        return switch (action) {
            case BUY -> marked("green", text);
            case SELL -> marked("red", text);
            case HOLD -> text;
        };
    }

    private String marked(String style, String text) {
        return ansi.string("@|" + style + " " + text + "|@");
    }
}
