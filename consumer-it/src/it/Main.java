package consumer;

@readme.imports@

/** The lines of the README, put here by the build. */
final class @readme.class@ {

    private @readme.class@() {}

    public static void main(String[] args) {
@readme.lines@
    }
}
