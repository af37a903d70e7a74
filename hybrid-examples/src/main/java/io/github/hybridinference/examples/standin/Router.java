package io.github.hybridinference.examples.standin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a request is answered with. Belongs to the event loop. */
final class Router {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private final Function<RequestInfo, Behaviour> behaviours;
    private final Duration latency;
    private final Counters counters;
    private final PrefixCache prefixes = new PrefixCache();

    Router(Function<RequestInfo, Behaviour> behaviours, Duration latency, Counters counters) {
        this.behaviours = behaviours;
        this.latency = latency;
        this.counters = counters;
    }

    Turn route(Inbound request) {
        return switch (request.endpoint()) {
            case "POST /chat/completions" -> chat(request);
            case "GET /models" -> withToken(request, Replies.models());
            case "GET /user/balance" -> withToken(request, Replies.balance());
            // Not part of the service: lets another process compare its own count with ours.
            case "GET /stand-in/stats" -> plain(200, Replies.stats(counters.snapshot()));
            default -> plain(404, Replies.error("not_found_error", "No such endpoint."));
        };
    }

    private Turn chat(Inbound request) {
        long number = counters.requests.incrementAndGet();
        if (!request.hasToken()) {
            return unauthorized(true);
        }
        ChatRequest chat;
        try {
            chat = ChatRequest.parse(request.body());
        } catch (ChatRequest.Refused e) {
            String error = Replies.error("invalid_request_error", String.valueOf(e.getMessage()));
            return new Turn(Behaviour.status(400, Map.of(), error), Optional.empty(), true);
        }
        Behaviour behaviour = behaviour(number, request);
        int hits = prefixes.hitTokens(chat.system(), Tokens.estimate(chat.system()));
        Completion completion = new Completion("simulated-" + number, chat, hits);
        return new Turn(latency.isZero() ? behaviour : behaviour.after(latency), Optional.of(completion), true);
    }

    private Behaviour behaviour(long number, Inbound request) {
        try {
            return behaviours.apply(new RequestInfo(number, request.path(), request.headers(), request.body()));
        } catch (RuntimeException e) {
            LOG.error("The stand-in's script failed on call {}", number, e);
            return Behaviour.status(500, Map.of(), Replies.error("server_error", "The stand-in's script failed."));
        }
    }

    private static Turn withToken(Inbound request, String body) {
        return request.hasToken() ? plain(200, body) : unauthorized(false);
    }

    private static Turn unauthorized(boolean chat) {
        String error = Replies.error("authentication_error", "Authentication Fails: a bearer token is required.");
        return new Turn(Behaviour.status(401, Map.of(), error), Optional.empty(), chat);
    }

    private static Turn plain(int code, String body) {
        return new Turn(Behaviour.status(code, Map.of(), body), Optional.empty(), false);
    }

    /**
     * The answer to one request.
     *
     * @param completion the reply that the behaviour may send; absent only where it is a status
     * @param chat whether the call counts
     */
    record Turn(Behaviour behaviour, Optional<Completion> completion, boolean chat) {}
}
