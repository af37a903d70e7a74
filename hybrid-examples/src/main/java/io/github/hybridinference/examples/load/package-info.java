/**
 * Puts many hard questions in flight at once and measures what comes back: {@link
 * io.github.hybridinference.examples.load.Load} against the stand-in in a second process, or any other endpoint.
 */
@NullMarked
package io.github.hybridinference.examples.load;

import org.jspecify.annotations.NullMarked;
