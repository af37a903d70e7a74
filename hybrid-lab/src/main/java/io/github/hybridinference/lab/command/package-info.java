/**
 * What all command-line programs of this project share: option parsing with picocli, one line for each error, exit codes,
 * the {@code RESULT} line and the process around them. Needs picocli, which is an optional dependency of this module.
 */
@Experimental
@NullMarked
package io.github.hybridinference.lab.command;

import io.github.hybridinference.model.Experimental;
import org.jspecify.annotations.NullMarked;
