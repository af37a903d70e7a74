/**
 * What may be spent: {@link io.github.hybridinference.budget.Budget} grants or refuses each attempt, and
 * {@link io.github.hybridinference.budget.PriceTable} says what an attempt costs. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.budget;

import org.jspecify.annotations.NullMarked;
