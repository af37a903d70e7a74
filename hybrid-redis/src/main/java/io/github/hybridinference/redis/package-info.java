/** State that a fleet of engines shares through Redis. */
@NullMarked
package io.github.hybridinference.redis;

import org.jspecify.annotations.NullMarked;
