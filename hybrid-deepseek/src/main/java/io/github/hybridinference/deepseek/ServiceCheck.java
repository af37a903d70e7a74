package io.github.hybridinference.deepseek;

import io.github.hybridinference.budget.Money;
import io.github.hybridinference.deepseek.CheckReport.Kind;
import io.github.hybridinference.deepseek.CheckReport.Outcome;
import io.github.hybridinference.deepseek.CheckReport.Step;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.reply.ReplyVerifier;
import io.github.hybridinference.reply.ReplyVerifier.Rejected;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One run of {@link DeepSeek#check()}, on the calling thread. */
final class ServiceCheck {
    private static final Duration LONGEST_FREE_CALL = Duration.ofSeconds(15);
    private static final Duration LONGEST_QUESTION = Duration.ofSeconds(45);
    private static final Duration TOLERATED_SKEW = Duration.ofSeconds(30);
    private static final double NANOS_PER_MS = 1e6;

    private final RemoteModel service;
    private final Transport transport;
    private final RequestFactory requests;
    private final KeySource keys;
    private final Clock clock;
    private final List<Step> steps = new ArrayList<>();
    private @Nullable RemoteException failure;
    private @Nullable String model;
    private OptionalLong latencyNanos = OptionalLong.empty();
    private Usage usage = Usage.NONE;

    ServiceCheck(RemoteModel service, Transport transport, RequestFactory requests, KeySource keys, Clock clock) {
        this.service = service;
        this.transport = transport;
        this.requests = requests;
        this.keys = keys;
        this.clock = clock;
    }

    /** The sample: the figures of a market that goes neither up nor down. */
    static RemoteRequest question() {
        AnonymizedSnapshot snapshot = AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .assetClass(AssetClass.CRYPTO)
                .put(Feature.RSI_14, 50)
                .put(Feature.VOLATILITY_PCT, 2)
                .build();
        return new RemoteRequest(snapshot, Optional.empty(), Deadline.after(LONGEST_QUESTION), "check");
    }

    CheckReport run() {
        Response list = listModels();
        if (failure == null) {
            ask();
        }
        if (list != null) {
            compareClocks(list.headers().apply("date"));
        }
        return new CheckReport(
                requests.authority(),
                steps,
                Optional.ofNullable(model),
                latencyNanos,
                usage,
                service.worstCostNanoUsd(question()),
                Optional.ofNullable(failure));
    }

    /** Opens the connection by a request that is free of charge. Null without a response. */
    private @Nullable Response listModels() {
        ApiKey key;
        try {
            key = keys.next();
        } catch (RemoteException noKey) {
            fail(Kind.SERVICE, noKey);
            return null;
        }
        Response response;
        try {
            response = transport
                    .send(requests.modelList(key), LONGEST_FREE_CALL.toNanos())
                    .join();
        } catch (CompletionException failed) {
            fail(Kind.CONNECTION, RemoteException.of(failed).at(requests.authority()));
            return null;
        }
        ConnectTimes times = transport.lastTimes();
        pass(
                Kind.CONNECTION,
                "name " + ms(times.lookupNanos()) + ", connect " + ms(times.connectNanos())
                        + (requests.isEncrypted() ? ", TLS " + ms(times.tlsNanos()) : ", without TLS"));
        int status = response.status();
        if (status >= 200 && status <= 299) {
            pass(Kind.SERVICE, "answers with status " + status);
            return response;
        }
        RemoteException told =
                HttpFailures.of(status, response.headers(), clock).at(requests.authority());
        boolean tellsNothing =
                status == 400 || status == 404 || status == 405 || status == 501; // not every service has a list
        if (tellsNothing) {
            pass(Kind.SERVICE, "has no list of models (status " + status + ")");
        } else {
            fail(Kind.SERVICE, told);
        }
        return response;
    }

    private void ask() {
        RemoteRequest question = question();
        long startNanos = System.nanoTime();
        RemoteReply reply;
        try {
            reply = service.ask(question).join();
        } catch (CompletionException failed) {
            RemoteException known = RemoteException.of(failed);
            usage = known.mayHaveCostUnseen() ? ChatCosts.UNSEEN : known.usage();
            fail(Kind.REPLY, known);
            return;
        }
        long took = System.nanoTime() - startNanos;
        latencyNanos = OptionalLong.of(took);
        usage = reply.usage();
        model = reply.model();
        pass(Kind.REPLY, "in " + ms(took) + ", finish " + reply.finish().name().toLowerCase(Locale.ROOT));
        compareModels(reply.model());
        judgeText(question, reply);
        lookForThoughts(reply);
        lookAtPrice();
    }

    private void compareModels(String answered) {
        String asked = service.identity().model();
        if (answered.equals(asked)) {
            pass(Kind.MODEL, answered);
        } else {
            warn(
                    Kind.MODEL,
                    answered + " answered where " + asked + " was asked for; fine if that is another name of it");
        }
    }

    private void judgeText(RemoteRequest question, RemoteReply reply) {
        if (ReplyVerifier.standard().verify(reply, question.snapshot()) instanceof Rejected rejected) {
            fail(Kind.JSON, RemoteException.badReply(rejected.problem(), reply.usage()));
            return;
        }
        String text = reply.text().strip();
        if (text.startsWith("{") && text.endsWith("}")) {
            pass(Kind.JSON, "one JSON object with a usable signal");
        } else {
            warn(
                    Kind.JSON,
                    "a usable signal, but with something around its JSON object; choose a dialect with JSON mode, if the service has one");
        }
    }

    private void lookForThoughts(RemoteReply reply) {
        boolean inText = reply.text().contains("<think");
        if (!inText && reply.usage().reasoningTokens() == 0) {
            pass(Kind.THINKING, "no reasoning tokens");
        } else {
            warn(
                    Kind.THINKING,
                    (inText ? "the reply contains thoughts" : reply.usage().reasoningTokens() + " reasoning tokens")
                            + "; choose the dialect of this service, or a model that does not think");
        }
    }

    private void lookAtPrice() {
        OptionalLong worst = service.worstCostNanoUsd(question());
        if (worst.isEmpty()) {
            warn(Kind.PRICE, "no price is known for this model: set prices, as a budget with a cap refuses its calls");
        } else if (usage.costNanoUsd().isEmpty()) {
            warn(
                    Kind.PRICE,
                    "the reply has no believable token counts, so each call is charged at the most it can cost, "
                            + usd(worst.getAsLong()));
        } else {
            pass(
                    Kind.PRICE,
                    usd(usage.costNanoUsd().getAsLong()) + " for " + usage.totalTokens() + " tokens, at most "
                            + usd(worst.getAsLong()));
        }
    }

    private void compareClocks(@Nullable String date) {
        Instant theirs;
        try {
            theirs = ZonedDateTime.parse(String.valueOf(date).strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException noDate) {
            return;
        }
        Duration ahead = Duration.between(theirs, clock.instant());
        if (ahead.abs().compareTo(TOLERATED_SKEW) <= 0) {
            pass(Kind.CLOCK, "agrees with the service's to " + (ahead.abs().toSeconds() + 1) + " s");
        } else {
            warn(
                    Kind.CLOCK,
                    "this machine's clock is " + ahead.abs().toSeconds() + " s "
                            + (ahead.isNegative() ? "behind" : "ahead of")
                            + " the service's; set it, as certificates and peak prices go by it");
        }
    }

    private void pass(Kind kind, String detail) {
        steps.add(new Step(kind, Outcome.OK, detail));
    }

    private void warn(Kind kind, String detail) {
        steps.add(new Step(kind, Outcome.WARNING, detail));
    }

    private void fail(Kind kind, RemoteException why) {
        failure = why;
        steps.add(new Step(kind, Outcome.FAILED, why.getMessage() + "; " + cure(why)));
    }

    private static String cure(RemoteException why) {
        if (why.failureCause().isPresent()) {
            return why.failureCause().get().cure();
        }
        if (why.problem().isPresent()) {
            return why.problem().get().cure();
        }
        Reason reason = why.reason();
        return switch (reason) {
            case UNAUTHORIZED -> "set a valid API key for this base URL";
            case UNPAID -> "top up the balance of the account";
            case RATE_LIMITED -> "try again later, or raise the account's limit";
            case TIMEOUT -> "the service took too long; try again, and check proxies and gateways on the way";
            case PRIVACY -> "the egress check stopped the request; check the prompt and the model's name";
            default -> "try again; if it stays so, look at the service's status page";
        };
    }

    private static String ms(long nanos) {
        return String.format(Locale.ROOT, "%.0f ms", nanos / NANOS_PER_MS);
    }

    private static String usd(long nanoUsd) {
        return String.format(Locale.ROOT, "%.7f US dollars", Money.usd(nanoUsd));
    }
}
