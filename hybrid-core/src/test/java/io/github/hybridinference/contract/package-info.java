/** What each implementation of an interface has to pass: extend the suite, say how to make one, and run it. */
@NullMarked
package io.github.hybridinference.contract;

import org.jspecify.annotations.NullMarked;
