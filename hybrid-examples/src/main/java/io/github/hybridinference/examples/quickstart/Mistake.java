package io.github.hybridinference.examples.quickstart;

/** Ends the run with one line for the person who started it. */
final class Mistake extends Exception {

    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message);
    }
}
