package io.github.hybridinference.testkit.standin;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides how a request is answered. Runs on the event loop only. */
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

    PlannedResponse route(ReceivedRequest request) {
        return switch (request.endpoint()) {
            case "POST /chat/completions" -> chat(request);
            case "GET /models" -> withToken(request, JsonResponses.models());
            case "GET /user/balance" -> withToken(request, JsonResponses.balance());
            // Not part of the service: lets another process compare its own counts with these.
            case "GET /stand-in/stats" -> plain(200, JsonResponses.stats(counters.snapshot()));
            default -> plain(404, JsonResponses.error("not_found_error", "No such endpoint."));
        };
    }

    private PlannedResponse chat(ReceivedRequest request) {
        long number = counters.requests.incrementAndGet();
        if (!request.hasToken()) {
            return unauthorized(true);
        }
        ChatRequest chat;
        try {
            chat = ChatRequest.parse(request.body());
        } catch (ChatRequest.Refused e) {
            String error = JsonResponses.error("invalid_request_error", String.valueOf(e.getMessage()));
            return new PlannedResponse(Behaviour.status(400, Map.of(), error), Optional.empty(), true);
        }
        Behaviour behaviour = behaviour(number, request);
        int hits = prefixes.hitTokens(chat.system(), TokenEstimate.estimate(chat.system()));
        Completion completion = new Completion("simulated-" + number, chat, hits);
        return new PlannedResponse(
                latency.isZero() ? behaviour : behaviour.after(latency), Optional.of(completion), true);
    }

    private Behaviour behaviour(long number, ReceivedRequest request) {
        try {
            return behaviours.apply(new RequestInfo(number, request.path(), request.headers(), request.body()));
        } catch (RuntimeException e) {
            LOG.error("The stand-in's script failed on call {}", number, e);
            return Behaviour.status(
                    500, Map.of(), JsonResponses.error("server_error", "The stand-in's script failed."));
        }
    }

    private static PlannedResponse withToken(ReceivedRequest request, String body) {
        return request.hasToken() ? plain(200, body) : unauthorized(false);
    }

    private static PlannedResponse unauthorized(boolean chat) {
        String error = JsonResponses.error("authentication_error", "Authentication Fails: a bearer token is required.");
        return new PlannedResponse(Behaviour.status(401, Map.of(), error), Optional.empty(), chat);
    }

    private static PlannedResponse plain(int code, String body) {
        return new PlannedResponse(Behaviour.status(code, Map.of(), body), Optional.empty(), false);
    }

    /**
     * The answer to one request.
     *
     * @param completion the reply that the behaviour may send; absent only where it is a status
     * @param chat whether the call counts
     */
    record PlannedResponse(Behaviour behaviour, Optional<Completion> completion, boolean chat) {}
}
