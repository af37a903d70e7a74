/** The engine and its builder: start here. */
@NullMarked
package io.github.hybridinference;

import org.jspecify.annotations.NullMarked;
