package consumer;

import io.github.hybridinference.model.Timeframe;

/** The lines of the README. */
final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.out.println(Timeframe.H1);
    }
}
