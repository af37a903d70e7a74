/**
 * An engine in a Spring Boot application: the properties {@code hybrid.*}, and what is made of them. Applications use
 * {@link io.github.hybridinference.InferenceEngine}, beans of its parts, and
 * {@link io.github.hybridinference.spring.InferenceEngineCustomizer}.
 */
@NullMarked
package io.github.hybridinference.spring;

import org.jspecify.annotations.NullMarked;
