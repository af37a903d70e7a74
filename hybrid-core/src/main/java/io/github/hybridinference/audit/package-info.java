/**
 * Records for later inspection: {@link io.github.hybridinference.audit.EgressLog} keeps each request exactly as it left the
 * process.
 */
@NullMarked
package io.github.hybridinference.audit;

import org.jspecify.annotations.NullMarked;
