/** Finds out by one cheap call whether the service that the environment describes can be used: {@code mvn -q -Pcheck}. */
@NullMarked
package io.github.hybridinference.examples.check;

import org.jspecify.annotations.NullMarked;
