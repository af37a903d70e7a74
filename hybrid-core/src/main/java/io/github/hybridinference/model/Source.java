package io.github.hybridinference.model;

/** Where an answer came from. */
public enum Source {
    /** The in-process rules, because they suffice for this scenario. */
    LOCAL,
    /** The model, asked for this question (by this caller or by one who asked the same at the same time). */
    REMOTE,
    /** An earlier answer to the same question that is still valid. */
    CACHE,
    /** The in-process rules, because the model could not be asked or gave no usable answer; see {@link Degradation}. */
    FALLBACK
}
