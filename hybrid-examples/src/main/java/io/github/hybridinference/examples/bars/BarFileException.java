package io.github.hybridinference.examples.bars;

import java.io.IOException;

/** Thrown when a file as a whole gives no bars; the message is one sentence for the person who named the file. */
public final class BarFileException extends IOException {

    private static final long serialVersionUID = 1L;

    BarFileException(String message) {
        super(message);
    }
}
