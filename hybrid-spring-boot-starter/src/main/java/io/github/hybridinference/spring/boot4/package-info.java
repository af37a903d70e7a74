/** What of the integration with Spring Boot is particular to its version 4. */
@NullMarked
package io.github.hybridinference.spring.boot4;

import org.jspecify.annotations.NullMarked;
