/**
 * What the owner can read afterwards: {@link io.github.hybridinference.audit.EgressLog} records each request exactly as it
 * left the process.
 */
@NullMarked
package io.github.hybridinference.audit;

import org.jspecify.annotations.NullMarked;
