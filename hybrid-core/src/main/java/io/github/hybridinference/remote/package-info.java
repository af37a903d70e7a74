/**
 * The port to a model: {@link io.github.hybridinference.remote.RemoteModel} is what an adapter implements, with the request
 * it receives, the reply it returns and the exception it fails with.
 *
 * <p>For a model that is reached by a chat client, {@link io.github.hybridinference.remote.BlockingChatModel} is the adapter: it
 * needs one call of that client. An adapter with a protocol of its own takes the prompt from
 * {@link io.github.hybridinference.remote.ChatPrompt}, the user's message from
 * {@link io.github.hybridinference.remote.ChatQuestion}, checks it by
 * {@link io.github.hybridinference.remote.EgressCheck}, quotes and prices by
 * {@link io.github.hybridinference.remote.ChatCosts}, and reports the end of a reply by
 * {@link io.github.hybridinference.remote.RemoteReply.Finish#of} and a status by
 * {@link io.github.hybridinference.remote.HttpFailures}. For services that speak OpenAI's protocol there are
 * {@link io.github.hybridinference.remote.Dialect} and {@link io.github.hybridinference.remote.ChatSettings}.
 *
 * <p>Uses only the model package, and the prices of the budget package.
 */
@NullMarked
package io.github.hybridinference.remote;

import org.jspecify.annotations.NullMarked;
