/** DeepSeek, and every endpoint that speaks the same protocol, as a remote model. */
@NullMarked
package io.github.hybridinference.deepseek;

import org.jspecify.annotations.NullMarked;
