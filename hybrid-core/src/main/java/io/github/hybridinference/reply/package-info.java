/**
 * Verification of replies: {@link io.github.hybridinference.reply.ReplyVerifier} decides which replies of a model are
 * accepted. Uses the model package and, for the reply itself, the remote package.
 */
@NullMarked
package io.github.hybridinference.reply;

import org.jspecify.annotations.NullMarked;
