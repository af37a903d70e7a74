/** A question through a firm's proxy, to a service whose certificate a firm's own authority signed. */
@NullMarked
package io.github.hybridinference.lab.proxy;

import org.jspecify.annotations.NullMarked;
