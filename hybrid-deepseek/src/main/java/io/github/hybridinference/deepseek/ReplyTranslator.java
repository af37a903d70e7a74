package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.PriceTable;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.ReplyProblem;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what came back into a reply or a failure.
 *
 * <p>With a status of 2xx, a body that is no JSON object (an HTML page, a cut-off envelope) means that something other
 * than the service answered, or that it broke: UNAVAILABLE. So does an object that reports an error. An empty body, or an
 * object without a choice, is a reply without content: BAD_REPLY / BLANK, which is asked for again. The content type is
 * not looked at: the body decides.
 */
final class ReplyTranslator {
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,64}");

    private final String model;
    private final PriceTable prices;
    private final Clock clock;

    ReplyTranslator(String model, PriceTable prices, Clock clock) {
        this.model = model;
        this.prices = prices;
        this.clock = clock;
    }

    RemoteReply translate(Response response) {
        if (response.status() < 200 || response.status() > 299) {
            throw Statuses.failure(response, clock);
        }
        if (response.body().isBlank()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, Connection.UNSEEN);
        }
        ReplyReader read;
        try {
            read = ReplyReader.read(response.body());
        } catch (IOException echoesTheBody) {
            throw new RemoteException(Reason.UNAVAILABLE);
        }
        if (read.hasError() && !read.hasChoice()) {
            throw RemoteException.ofStatus(
                    Reason.UNAVAILABLE, response.status(), Optional.empty(), Statuses.requestId(response.headers()));
        }
        String answered = nameOf(read.model());
        Usage usage = usage(read.counts(), answered);
        if (!read.hasChoice()) {
            throw RemoteException.badReply(ReplyProblem.BLANK, usage);
        }
        return new RemoteReply(read.text(), read.finish(), usage, answered);
    }

    /** The name that the service gives, if it is one that can be shown. */
    private String nameOf(@Nullable String answered) {
        return answered != null && MODEL_NAME.matcher(answered).matches() ? answered : model;
    }

    private Usage usage(TokenCounts counts, String answered) {
        if (!counts.known()) {
            return Connection.UNSEEN;
        }
        OptionalLong cost = cost(counts, answered);
        return new Usage(
                counts.cachedInput(),
                counts.otherInput(),
                counts.output(),
                counts.reasoning(),
                cost.isPresent() || answered.equals(model) ? cost : cost(counts, model));
    }

    /** The moment of the answer decides on peak and off-peak. */
    private OptionalLong cost(TokenCounts counts, String name) {
        Instant now = clock.instant();
        return prices.costNanoUsd(name, counts.cachedInput(), counts.otherInput(), counts.output(), now);
    }
}
