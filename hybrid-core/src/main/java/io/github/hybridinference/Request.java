package io.github.hybridinference;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;

/**
 * A hard question as it came in.
 *
 * @param snapshot what was asked
 * @param rules what the rules say
 * @param scenario why they do not suffice
 * @param startNanos when it came in, on the nano clock
 */
record Request(MarketSnapshot snapshot, RuleVerdict rules, Scenario scenario, long startNanos) {}
