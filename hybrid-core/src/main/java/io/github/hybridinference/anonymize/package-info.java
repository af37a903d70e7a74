/**
 * The only way out: {@link io.github.hybridinference.anonymize.Anonymizer} turns a caller's snapshot into one that holds
 * nothing but rounded catalogue figures. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.anonymize;

import org.jspecify.annotations.NullMarked;
