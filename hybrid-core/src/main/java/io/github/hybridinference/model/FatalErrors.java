package io.github.hybridinference.model;

/**
 * Distinguishes errors that leave the JVM itself unusable from faults of a component, which a caller survives.
 *
 * <p>For code that calls a component it does not trust, such as a caller's map, a listener or a model:
 *
 * <pre>{@code
 * try {
 *     component.call();
 * } catch (Throwable thrown) {
 *     FatalErrors.rethrowIfFatal(thrown);
 *     countFailure(thrown);
 * }
 * }</pre>
 *
 * @since 0.1.0
 */
public final class FatalErrors {
    private FatalErrors() {}

    /**
     * Throws what was caught again if the JVM is out of memory or broken, and returns otherwise.
     *
     * <p>Fatal is every {@link VirtualMachineError} ({@link OutOfMemoryError}, {@link InternalError},
     * {@link UnknownError}) except {@link StackOverflowError}: a stack that overflowed in a component is usable again
     * once the component has been left. Other errors, such as an {@link AssertionError} or a {@link LinkageError}, say
     * that the component is broken and not the JVM.
     *
     * @param thrown what was caught
     */
    public static void rethrowIfFatal(Throwable thrown) {
        if (thrown instanceof VirtualMachineError fatal && !(fatal instanceof StackOverflowError)) {
            throw fatal;
        }
    }
}
