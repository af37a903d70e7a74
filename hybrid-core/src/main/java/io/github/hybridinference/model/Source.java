package io.github.hybridinference.model;

/** Where an answer came from. */
public enum Source {
    /** The in-process rules, because they suffice for this scenario or the engine has no model. */
    LOCAL,
    /** The model, called for this inference or for one with the same request at the same time. */
    REMOTE,
    /** A cached answer to the same request that is still valid. */
    CACHE,
    /** The in-process rules, because the model could not be asked or gave no usable answer; see {@link Degradation}. */
    FALLBACK
}
