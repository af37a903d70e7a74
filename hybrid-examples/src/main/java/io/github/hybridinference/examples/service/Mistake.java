package io.github.hybridinference.examples.service;

/** A setting that the service cannot start with; its message is one line for whoever made it, without the value. */
final class Mistake extends Exception {
    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message);
    }
}
