package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/**
 * Turns a response into a reply or a failure.
 *
 * <p>With a status of 2xx, a body that is not a JSON object (an HTML page, a truncated object) means that a proxy answered or
 * that the service failed: UNAVAILABLE. So does an object that reports an error. An empty body, or an object without a
 * choice, is a reply without content: BAD_REPLY / BLANK, which is retried. The content type is ignored.
 *
 * @param costs prices the reply
 * @param clock the wall clock, for dates in headers
 */
record ReplyTranslator(ChatCosts costs, Clock clock) {
    RemoteReply translate(Response response) {
        if (response.status() < 200 || response.status() > 299) {
            throw HttpFailures.of(response.status(), response.headers(), clock);
        }
        if (response.body().isBlank()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, ChatCosts.UNSEEN);
        }
        ReplyReader read;
        try {
            read = ReplyReader.read(response.body());
        } catch (IOException echoesTheBody) {
            throw new RemoteException(Reason.UNAVAILABLE);
        }
        if (read.hasError() && !read.hasChoice()) {
            throw RemoteException.ofStatus(
                    Reason.UNAVAILABLE,
                    response.status(),
                    Optional.empty(),
                    HttpFailures.requestId(response.headers()));
        }
        String answered = costs.nameOf(read.model());
        Usage usage = costs.usage(read.counts(), answered);
        if (!read.hasChoice()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, usage);
        }
        return new RemoteReply(read.text(), read.finish(), usage, answered);
    }
}
