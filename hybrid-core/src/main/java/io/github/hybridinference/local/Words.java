package io.github.hybridinference.local;

/** Figures in sentences, the same in every locale. */
final class Words {
    private Words() {}

    static String oneDecimal(double value) {
        return Double.toString(Math.rint(value * 10) / 10);
    }
}
