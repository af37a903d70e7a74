package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.model.Action;
import picocli.CommandLine.Help.Ansi;

/** Colour where there is a terminal to show it, and none where the output goes to a file. */
final class Ink {

    private final Ansi ansi;

    /** A terminal may still be without colour: NO_COLOR and the like are obeyed. */
    Ink(boolean terminal) {
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
