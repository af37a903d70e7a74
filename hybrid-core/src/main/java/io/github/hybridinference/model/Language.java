package io.github.hybridinference.model;

/**
 * The languages in which the reasoning of a model's answer is written.
 *
 * @since 0.1.0
 */
public enum Language {
    /** English. */
    ENGLISH,
    /** Chinese in simplified characters. */
    CHINESE
}
