package io.github.hybridinference.examples.quickstart;

/** Runs the engine over market bars and prints its signals. */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Prints the words it was given.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        for (String arg : args) {
            System.out.println("[" + arg + "]");
        }
    }
}
