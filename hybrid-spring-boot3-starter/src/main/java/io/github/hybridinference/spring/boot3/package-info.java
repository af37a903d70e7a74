/** What of the integration with Spring Boot is particular to its version 3. */
@NullMarked
package io.github.hybridinference.spring.boot3;

import org.jspecify.annotations.NullMarked;
