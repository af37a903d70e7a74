package io.github.hybridinference.deepseek;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.Usage;
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
 * Turns a response into a reply or a failure.
 *
 * <p>With a status of 2xx, a body that is not a JSON object (an HTML page, a truncated object) means that a proxy answered or
 * that the service failed: UNAVAILABLE. So does an object that reports an error. An empty body, or an object without a
 * choice, is a reply without content: BAD_REPLY / BLANK, which is retried. The content type is ignored.
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

    /** The model's name as the service reports it, or the requested one if that is not a plain name. */
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

    /** Peak and off-peak prices go by the time of the reply. */
    private OptionalLong cost(TokenCounts counts, String name) {
        Instant now = clock.instant();
        return prices.costNanoUsd(name, counts.cachedInput(), counts.otherInput(), counts.output(), now);
    }
}
