/**
 * The model's side: {@link io.github.hybridinference.remote.RemoteModel} is what an adapter implements,
 * {@link io.github.hybridinference.remote.ReplyVerifier} decides what of a reply is believed, and
 * {@link io.github.hybridinference.remote.Budget} what may be spent. Uses only the model package.
 */
@NullMarked
package io.github.hybridinference.remote;

import org.jspecify.annotations.NullMarked;
