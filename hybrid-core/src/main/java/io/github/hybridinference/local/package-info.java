/**
 * The in-process rules: {@link io.github.hybridinference.local.LocalRuleModel} turns a snapshot into a verdict in
 * nanoseconds, by weighing the votes of a few {@link io.github.hybridinference.local.Rule}s. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.local;

import org.jspecify.annotations.NullMarked;
