package io.github.hybridinference.model;

import java.io.IOException;

/**
 * Faults of files without their paths, which name users and customers and end up in logs that others read.
 *
 * @since 0.1.0
 */
public final class FileFaults {
    private FileFaults() {}

    /**
     * Makes an exception that can be logged.
     *
     * @param what what could not be done, without the path
     * @param fault what the system threw, whose message has the path
     * @return an exception with the kind of the fault, such as {@code NoSuchFileException}, and without a cause
     */
    public static IOException withoutPath(String what, IOException fault) {
        return new IOException(what + ": " + fault.getClass().getSimpleName());
    }
}
