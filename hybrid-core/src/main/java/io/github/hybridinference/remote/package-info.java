/**
 * The port to a model: {@link io.github.hybridinference.remote.RemoteModel} is what an adapter implements, with the request
 * it receives, the reply it returns and the exception it fails with. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.remote;

import org.jspecify.annotations.NullMarked;
