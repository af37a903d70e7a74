package io.github.hybridinference.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page of the documentation that holds the table of a run between two comments. */
final class Page {
    private static final String BEGIN = "<!-- bench -->\n";
    private static final String END = "<!-- /bench -->";

    private Page() {}

    /**
     * Puts a run in place of the one before.
     *
     * @throws IOException if the page cannot be read or written, or has no place for it
     */
    static void replace(Path page, String run) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException("the page has no place for a table: " + page.getFileName());
        }
        Files.writeString(page, text.substring(0, begin + BEGIN.length()) + run + text.substring(end));
    }
}
