package io.github.hybridinference.eval.experiment;

import java.time.LocalDate;

/**
 * A recorded outcome, within the bounds of its test.
 *
 * @param symbol whose day it belongs to
 * @param day the day
 * @param arm the arm that day is assigned to
 * @param fallback whether the rules answered in place of the model
 * @param outcome what the answer was worth
 * @param other what the answer of the other arm on the same bar would have been worth; NaN if it is not known
 * @param clamped how many of the two were beyond the bounds
 */
record AbOutcome(String symbol, LocalDate day, Arm arm, boolean fallback, double outcome, double other, int clamped) {}
