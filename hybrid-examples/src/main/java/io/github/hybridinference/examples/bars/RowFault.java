package io.github.hybridinference.examples.bars;

/** Says why a row is not a bar; the reason never repeats the row's content. */
final class RowFault extends Exception {

    private static final long serialVersionUID = 1L;

    RowFault(String reason) {
        super(reason, null, false, false); // an expected outcome: no stack trace needed
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
