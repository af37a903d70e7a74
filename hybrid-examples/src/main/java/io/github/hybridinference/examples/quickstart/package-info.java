/** Signals from market bars with one command. */
@NullMarked
package io.github.hybridinference.examples.quickstart;

import org.jspecify.annotations.NullMarked;
