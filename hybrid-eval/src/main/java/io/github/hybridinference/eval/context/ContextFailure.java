package io.github.hybridinference.eval.context;

/** A fetch that failed, in words of ours: without a cause, since those of libraries repeat addresses and contents. */
final class ContextFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContextFailure(String message) {
        super(message, null, false, false);
    }
}
