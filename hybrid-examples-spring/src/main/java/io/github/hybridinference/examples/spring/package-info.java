/** A Spring Boot application; docs/spring.md shows it. */
@NullMarked
package io.github.hybridinference.examples.spring;

import org.jspecify.annotations.NullMarked;
