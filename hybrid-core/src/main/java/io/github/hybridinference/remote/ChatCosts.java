package io.github.hybridinference.remote;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the calls of one chat model cost: the quote before an attempt, and the usage after it. Thread-safe.
 *
 * <p>A token is at least one byte of text, so the bytes of both messages bound their tokens with any tokenizer. A fixed
 * allowance covers what a service adds around the messages.
 *
 * @since 0.1.0
 */
public final class ChatCosts {
    /** The usage of a call that was answered but whose token counts are not known. */
    public static final Usage UNSEEN = new Usage(0, 0, 0, 0, OptionalLong.empty());

    private static final Logger LOG = LoggerFactory.getLogger(ChatCosts.class);
    private static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9._:/@-]{1,64}");
    private static final int WRAPPING_TOKENS = 64;
    private static final int WORDS = 32;
    private static final int VALUE = 24; // quotes, colon, comma and the longest number

    private final String model;
    private final PriceTable prices;
    private final Clock clock;
    private final long promptBytes;
    private final int maxOutputTokens;
    private final AtomicBoolean impossibleCountLogged = new AtomicBoolean();

    /**
     * Makes the costs of a model.
     *
     * @param model the model's name as it is requested
     * @param prices what it charges
     * @param clock the wall clock by which prices are looked up
     * @param prompt its system message
     * @param maxOutputTokens the limit of output tokens in a request
     */
    public ChatCosts(String model, PriceTable prices, Clock clock, ChatPrompt prompt, int maxOutputTokens) {
        this(model, prices, clock, prompt.text().getBytes(StandardCharsets.UTF_8).length, maxOutputTokens);
    }

    private ChatCosts(String model, PriceTable prices, Clock clock, long promptBytes, int maxOutputTokens) {
        this.model = Objects.requireNonNull(model, "model");
        this.prices = Objects.requireNonNull(prices, "prices");
        this.clock = Objects.requireNonNull(clock, "clock");
        this.promptBytes = promptBytes;
        this.maxOutputTokens = maxOutputTokens;
    }

    /**
     * Makes the costs of the same model where its requests hold more than the two messages, such as a schema, which a service
     * may count as input.
     *
     * @param bytes the length of what is added in bytes, not negative
     * @return a copy
     */
    public ChatCosts withMoreInput(int bytes) {
        return new ChatCosts(model, prices, clock, promptBytes + bytes, maxOutputTokens);
    }

    /**
     * Quotes the most that one attempt can cost, see {@link RemoteModel#worstCostNanoUsd}.
     *
     * @param request what would be sent
     * @return billionths of a US dollar, or empty if the price is unknown
     */
    public OptionalLong worst(RemoteRequest request) {
        Instant now = clock.instant();
        return prices.worstNanoUsd(
                model,
                inputTokens(request),
                maxOutputTokens,
                now,
                now.plus(request.deadline().remaining()));
    }

    private long inputTokens(RemoteRequest request) {
        AnonymizedSnapshot snapshot = request.snapshot();
        long bytes = promptBytes + WORDS + WRAPPING_TOKENS;
        for (int i = 0; i < snapshot.size(); i++) {
            bytes += snapshot.feature(i).name().length() + VALUE;
        }
        return bytes
                + request.complaint().map(ReplyProblem::complaint).orElse("").length();
    }

    /**
     * Tells which model answered.
     *
     * @param reported the name in the reply, untrusted, or null if there was none
     * @return that name, or the requested model's if it is not a plain name
     */
    public String nameOf(@Nullable String reported) {
        return reported != null && MODEL_NAME.matcher(reported).matches() ? reported : model;
    }

    /**
     * Prices what a reply consumed, at the price of the model that answered or, if none is known, of the one that was
     * requested. Peak and off-peak prices go by the time of this call.
     *
     * @param request what was sent
     * @param counts the reply's token counts
     * @param answered the model that answered, see {@link #nameOf}
     * @param text what it replied, blank if nothing
     * @return {@link #UNSEEN} if the counts are unknown or cannot be true: no input, no output beside a text, or more than
     *     the request allows, about which a warning is logged once
     */
    public Usage usage(RemoteRequest request, TokenCounts counts, String answered, String text) {
        if (!counts.known() || (counts.output() == 0 && !text.isBlank())) {
            return UNSEEN;
        }
        if (counts.input() > inputTokens(request) || counts.output() > maxOutputTokens) {
            if (impossibleCountLogged.compareAndSet(false, true)) {
                LOG.warn(
                        "{} reports more tokens than the request allows; such calls are charged at the most that they can cost",
                        model);
            }
            return UNSEEN;
        }
        return usage(counts, answered);
    }

    /**
     * Prices what a reply without content consumed.
     *
     * @param counts the reply's token counts
     * @param answered the model that answered, see {@link #nameOf}
     * @return {@link #UNSEEN} if the counts are unknown
     */
    public Usage usage(TokenCounts counts, String answered) {
        if (!counts.known() || counts.input() == 0) {
            return UNSEEN;
        }
        OptionalLong cost = cost(counts, answered);
        return new Usage(
                counts.cachedInput(),
                counts.otherInput(),
                counts.output(),
                counts.reasoning(),
                cost.isPresent() || answered.equals(model) ? cost : cost(counts, model));
    }

    /** Says so, once a model, when calls will be of unknown cost. */
    void warnIfUnknown() {
        if (prices.costNanoUsd(model, 0, 0, 0, clock.instant()).isEmpty()) {
            LOG.warn(
                    "no price is known for {}: what its calls cost is unknown, and a budget with a cap refuses them; "
                            + "give the builder prices",
                    model);
        }
    }

    private OptionalLong cost(TokenCounts counts, String name) {
        return prices.costNanoUsd(name, counts.cachedInput(), counts.otherInput(), counts.output(), clock.instant());
    }
}
