/**
 * Separates simple situations from complex ones: {@link io.github.hybridinference.classify.ScenarioClassifier} decides
 * whether the rules suffice or the model is worth its price. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.classify;

import org.jspecify.annotations.NullMarked;
