/**
 * A simulated model behind HTTP for tests with JUnit Jupiter, from 5.10 on: {@link
 * io.github.hybridinference.testkit.junit.StandInExtension}. Needs {@code junit-jupiter-api}, which this library does not
 * bring.
 */
@NullMarked
package io.github.hybridinference.testkit.junit;

import org.jspecify.annotations.NullMarked;
