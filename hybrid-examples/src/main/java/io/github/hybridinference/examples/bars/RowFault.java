package io.github.hybridinference.examples.bars;

/** Says why a row is no bar; the reason never repeats the row's content. */
final class RowFault extends Exception {

    private static final long serialVersionUID = 1L;

    RowFault(String reason) {
        super(reason, null, false, false); // an outcome of reading, not a surprise: a stack trace would be wasted
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
