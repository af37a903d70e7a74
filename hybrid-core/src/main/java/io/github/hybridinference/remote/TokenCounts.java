package io.github.hybridinference.remote;

/**
 * The token counts of a reply, as its service reports them. An impossible count, such as a negative one, makes all of them
 * unknown: they are charged for, and must not be guessed. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class TokenCounts {
    private static final long UNSAID = -1;
    private static final long HIGHEST = 100_000_000;

    private long prompt = UNSAID;
    private long completion = UNSAID;
    private long total = UNSAID;
    private long cacheHit = UNSAID;
    private long cached = UNSAID;
    private long reasoning = UNSAID;
    private boolean broken;

    /** Knows nothing yet. */
    public TokenCounts() {}

    /**
     * Makes the counts of a client that reports input and output only.
     *
     * @param input tokens of the messages
     * @param output tokens of the reply, hidden reasoning included
     * @return the counts
     */
    public static TokenCounts of(long input, long output) {
        TokenCounts counts = new TokenCounts();
        counts.take("prompt_tokens", (double) input);
        counts.take("completion_tokens", (double) output);
        return counts;
    }

    /**
     * Takes a count under the name that OpenAI's protocol, or DeepSeek, has for it: {@code prompt_tokens},
     * {@code completion_tokens}, {@code total_tokens}, {@code prompt_cache_hit_tokens}, {@code cached_tokens} (of the
     * prompt's details) or {@code reasoning_tokens} (of the completion's). Others are ignored.
     *
     * @param name the name
     * @param count the count as it was reported; a fraction is cut off
     */
    public void take(String name, double count) {
        switch (name) {
            case "prompt_tokens" -> prompt = checked(count);
            case "completion_tokens" -> completion = checked(count);
            case "total_tokens" -> total = checked(count);
            case "prompt_cache_hit_tokens" -> cacheHit = checked(count);
            case "cached_tokens" -> cached = checked(count);
            case "reasoning_tokens" -> reasoning = checked(count);
            default -> {}
        }
    }

    boolean known() {
        return !broken && prompt != UNSAID && completion != UNSAID && cachedInput() <= prompt;
    }

    long cachedInput() {
        return Math.max(0, cacheHit != UNSAID ? cacheHit : cached);
    }

    long input() {
        return prompt;
    }

    long otherInput() {
        return prompt - cachedInput();
    }

    /** Some services do not count hidden reasoning as output; all of them count it in the total. */
    long output() {
        return Math.max(completion, total - prompt);
    }

    long reasoning() {
        return Math.max(0, reasoning);
    }

    private long checked(double count) {
        broken |= !(count >= 0 && count <= HIGHEST);
        return broken ? UNSAID : (long) count;
    }

    /** The counts, which hold nothing of what was said. */
    @Override
    public String toString() {
        return known()
                ? "TokenCounts[" + cachedInput() + " cached, " + otherInput() + " in, " + output() + " out]"
                : "TokenCounts[unknown]";
    }
}
