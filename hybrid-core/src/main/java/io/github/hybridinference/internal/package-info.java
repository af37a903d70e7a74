/** What the engine uses and what knows nothing of its path: threads, keys, versions and watches. Not exported. */
@NullMarked
package io.github.hybridinference.internal;

import org.jspecify.annotations.NullMarked;
