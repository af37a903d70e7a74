/**
 * What each implementation of an interface has to pass: extend the suite, say how to make one, and run it with JUnit Jupiter,
 * from 5.10 on. Needs {@code junit-jupiter-api} and {@code assertj-core}, which this library does not bring.
 */
@NullMarked
package io.github.hybridinference.testkit.contract;

import org.jspecify.annotations.NullMarked;
