package io.github.hybridinference.eval.experiment;

/** The settings of an A/B test. */
record AbSettings(Assignment assignment, double low, double high, double level) {}
