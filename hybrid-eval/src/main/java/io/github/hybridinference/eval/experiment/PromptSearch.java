package io.github.hybridinference.eval.experiment;

import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.eval.internal.SetOnce;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Searches for a better prompt among variants, on recorded questions.
 *
 * <pre>{@code
 * SearchReport report = PromptSearch.on(exam)
 *         .baseline(new PromptVariant("in use", promptInUse))
 *         .variants(PromptVariant.read(folder))
 *         .asking(variant -> modelWith(variant.name(), variant.text()))
 *         .run(ledger, 2_000, Budget.perDay("5.00"));
 * report.proposal();
 * }</pre>
 *
 * <p>By successive halving (Z. Karnin, T. Koren, O. Somekh, Almost Optimal Exploration in Multi-Armed Bandits, 2013):
 * in each round all variants answer the same questions, and the better half advances, so that most of the budget is
 * spent on the best ones. The score of a variant is the mean return of its answers after the netted cost of changing the
 * position; where it fails, the answer of the rules counts, as in live use. Always to HOLD, always to BUY and the rules take part
 * without being added, and are what is proposed if they did best.
 *
 * <p>The best of many variants looks good by chance (selection bias). So the latest questions are held out and used
 * once, to compare the winner with the prompt in use; a ledger file prevents a later search from using the same
 * holdout. Questions whose outcome overlaps the holdout, by bars, are left out. Not thread-safe.
 *
 * @since 0.1.0
 */
public final class PromptSearch {
    private static final double HOLDOUT = 0.3;

    private final Exam exam;
    private final List<PromptVariant> variants = new ArrayList<>();
    private final SetOnce set = new SetOnce();
    private Function<PromptVariant, RemoteModel> asking = variant -> {
        throw new IllegalStateException("set how variants are asked before the search: call asking");
    };

    private PromptSearch(Exam exam) {
        this.exam = exam;
    }

    /**
     * Starts configuring a search.
     *
     * @param exam the questions
     * @return a search without variants
     */
    public static PromptSearch on(Exam exam) {
        return new PromptSearch(Objects.requireNonNull(exam, "exam"));
    }

    /**
     * Sets the prompt in use.
     *
     * @param inUse the prompt that the others have to beat
     * @return this search
     * @throws IllegalStateException if there are variants already
     */
    public PromptSearch baseline(PromptVariant inUse) {
        if (!variants.isEmpty()) {
            throw new IllegalStateException("the baseline was already set");
        }
        return add(inUse);
    }

    /**
     * Adds variants.
     *
     * @param more variants of different names
     * @return this search
     * @throws IllegalStateException if there is no baseline yet
     * @throws IllegalArgumentException if a name occurs twice, or is that of a benchmark
     */
    public PromptSearch variants(List<PromptVariant> more) {
        if (variants.isEmpty()) {
            throw new IllegalStateException("set the baseline before the variants");
        }
        more.forEach(this::add);
        return this;
    }

    private PromptSearch add(PromptVariant variant) {
        if (Benchmark.isLabel(variant.name())) {
            throw new IllegalArgumentException(
                    "\"" + variant.name() + "\" takes part in each search: use another name");
        }
        if (variants.stream().anyMatch(other -> other.name().equals(variant.name()))) {
            throw new IllegalArgumentException("there is already a variant of that name");
        }
        variants.add(variant);
        return this;
    }

    /**
     * Sets how a variant becomes a model.
     *
     * @param maker makes a model with the variant as its system message; closed after the search if it is closeable
     * @return this search
     * @throws IllegalStateException if it was already set
     */
    public PromptSearch asking(Function<PromptVariant, RemoteModel> maker) {
        Objects.requireNonNull(maker, "maker");
        set.mark("asking");
        asking = maker;
        return this;
    }

    /**
     * Runs the search. Blocks until it is done.
     *
     * @param ledger the file that records which decisions have served as a holdout; created if missing
     * @param asks maximum number of requests, excluding the holdout; at least one per variant and round is made
     * @param budget what may be spent; when it is used up, or cannot be reached, the search ends without a
     *     proposal
     * @return the report
     * @throws IOException if the ledger cannot be read or written
     * @throws IllegalStateException if there is no variant besides the baseline, the exam is too short, or part of the
     *     holdout was used before
     */
    public SearchReport run(Path ledger, int asks, Budget budget) throws IOException {
        if (variants.size() < 2) {
            throw new IllegalStateException("a search needs a variant besides the baseline");
        }
        Exam holdout = exam.last(HOLDOUT);
        if (holdout.size() == 0 || exam.before(holdout).size() == 0) {
            throw new IllegalStateException("the exam is too short for a holdout");
        }
        HoldoutLedger looks = new HoldoutLedger(ledger);
        looks.requireFresh(holdout); // before any money is spent
        try (SuccessiveHalving run = new SuccessiveHalving(variants, asking, new Examiner(budget))) {
            return run.search(exam.before(holdout), holdout, looks, asks);
        }
    }
}
