package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.remote.ReplyProblem;
import io.github.hybridinference.remote.UnreadableBody;
import java.io.IOException;
import java.time.Clock;

/**
 * Turns a response into a reply or a failure.
 *
 * <p>With a status of 2xx, a body that is not a JSON object means that something else than the service answered, or that
 * the service failed: UNAVAILABLE, with the cause if it can be told. An object that reports an error fails as the status
 * does that says the same. An empty body, or an object without a choice, is a reply without content: BAD_REPLY / BLANK,
 * which is retried. The content type is ignored.
 *
 * @param costs prices the reply
 * @param clock the wall clock, for dates in headers
 */
record ReplyTranslator(ChatCosts costs, Clock clock) {
    RemoteReply translate(RemoteRequest request, Response response) {
        if (response.status() < 200 || response.status() > 299) {
            Body body = response.body();
            throw HttpFailures.of(response.status(), response.headers(), body.bytes(), body.length(), clock);
        }
        Body body = Decompression.decompress(response);
        if (body.isBlank()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, ChatCosts.UNSEEN);
        }
        ReplyReader read;
        try {
            read = ReplyReader.read(body);
        } catch (IOException echoesTheBody) {
            throw UnreadableBody.of(body.bytes(), body.length());
        }
        if (read.hasError() && !read.hasChoice()) {
            throw HttpFailures.ofReported(read.errorCode(), response.headers(), clock);
        }
        String answered = costs.nameOf(read.model());
        if (!read.hasChoice()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, costs.usage(read.counts(), answered));
        }
        Usage usage = costs.usage(request, read.counts(), answered, read.text());
        if (read.isAmbiguous()) {
            throw RemoteException.badReply(ReplyProblem.MALFORMED, usage);
        }
        return new RemoteReply(read.text(), read.finish(), usage, answered, read.fingerprint());
    }
}
