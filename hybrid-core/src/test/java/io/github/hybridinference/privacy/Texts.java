package io.github.hybridinference.privacy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Things as text. */
final class Texts {
    private Texts() {}

    /** A throwable with its whole chain, or nothing. */
    static String of(Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** The messages of a throwable's chain, without the places, which are ours. */
    static List<String> messages(Throwable thrown) {
        List<String> messages = new ArrayList<>();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            messages.add(at.getClass().getSimpleName() + ": " + at.getMessage());
            for (Throwable suppressed : at.getSuppressed()) {
                messages.addAll(messages(suppressed));
            }
        }
        return messages;
    }

    /** The names of all threads alive. */
    static String threadNames() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.joining("\n"));
    }
}
