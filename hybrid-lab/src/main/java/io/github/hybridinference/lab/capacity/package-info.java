/** What a fleet of many instances needs when the bars of many symbols close at once: a simulation. */
@NullMarked
package io.github.hybridinference.lab.capacity;

import org.jspecify.annotations.NullMarked;
