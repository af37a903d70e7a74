package io.github.hybridinference.examples.run;

/** Ends the run with one line for the person who started it. */
public final class Mistake extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Makes a mistake.
     *
     * @param message the line
     */
    public Mistake(String message) {
        super(message);
    }
}
