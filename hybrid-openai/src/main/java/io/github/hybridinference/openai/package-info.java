/** Models that are reached by OpenAI's official Java client, configured by its owner. */
@NullMarked
package io.github.hybridinference.openai;

import org.jspecify.annotations.NullMarked;
