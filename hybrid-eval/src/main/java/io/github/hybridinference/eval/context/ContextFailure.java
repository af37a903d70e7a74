package io.github.hybridinference.eval.context;

/**
 * A failed fetch, with a message of this library and no cause: messages of other libraries repeat addresses and
 * contents.
 */
final class ContextFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContextFailure(String message) {
        super(message, null, false, false);
    }
}
