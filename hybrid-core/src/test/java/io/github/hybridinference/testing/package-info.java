/**
 * Stand-ins for tests of an engine and of its parts: a model that does what a test says, time that passes when a test says
 * so, a listener that writes down what it hears.
 */
@NullMarked
package io.github.hybridinference.testing;

import org.jspecify.annotations.NullMarked;
