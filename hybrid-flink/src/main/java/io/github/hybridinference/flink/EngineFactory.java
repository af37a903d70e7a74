package io.github.hybridinference.flink;

import io.github.hybridinference.InferenceEngine;
import java.io.Serializable;
import java.util.Objects;

/**
 * Names an engine and says how to make it. All subtasks of a TaskManager whose factories have the same name use one engine, provided
 * that one class loader loaded the code of their makers: jobs with jars of their own have engines of their own; see
 * {@link HybridFlink#infer}.
 *
 * @since 0.1.0
 */
public final class EngineFactory implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_NAME = 64;

    /**
     * Makes an engine.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    public interface Maker extends Serializable {
        /**
         * Makes the engine. It runs in the TaskManager, at most once at a time, and may block, for instance to connect and to warm up.
         * Read secrets such as the API key here, from the TaskManager's environment: what a lambda captures is part of the job
         * that is submitted.
         *
         * @return a new engine, which is closed by hybrid-flink; give it {@code ownParts()}
         * @throws Exception if that fails: the task fails, and Flink restarts it as the job's restart strategy says
         */
        InferenceEngine create() throws Exception;
    }

    private final String name;
    private final Maker maker;

    private EngineFactory(String name, Maker maker) {
        this.name = name;
        this.maker = maker;
    }

    /**
     * Makes a factory.
     *
     * @param name the identity of the engine in a TaskManager, 1 to 64 characters; choose another one for other settings
     * @param maker makes the engine
     * @return the factory
     * @throws IllegalArgumentException if the name is blank or too long
     */
    public static EngineFactory named(String name, Maker maker) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("the name of an engine must have 1 to " + LONGEST_NAME + " characters");
        }
        return new EngineFactory(name, Objects.requireNonNull(maker, "maker"));
    }

    /**
     * Returns the name.
     *
     * @return the identity of the engine in a TaskManager
     */
    public String name() {
        return name;
    }

    InferenceEngine create() throws Exception {
        return Objects.requireNonNull(maker.create(), "the maker of an engine returned null");
    }

    /** The class loader of the code that makes the engine: an engine must not outlive the classes it is made of. */
    ClassLoader loader() {
        return maker.getClass().getClassLoader();
    }

    @Override
    public String toString() {
        return "EngineFactory[" + name + "]";
    }
}
