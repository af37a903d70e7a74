/** What the programs that go through market bars have in common: reading bars, making questions, choosing a model. */
@NullMarked
package io.github.hybridinference.examples.run;

import org.jspecify.annotations.NullMarked;
