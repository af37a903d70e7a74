package io.github.hybridinference.eval.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The result of a search for a better prompt. It is a proposal; nothing is deployed.
 *
 * @param trainingQuestions number of questions used to choose the winner
 * @param holdoutQuestions number of later questions in the holdout
 * @param rounds the rounds of the search
 * @param winner the variant left at the end, or "always HOLD", "always BUY" or "the rules" if that did better than it;
 *     empty if the budget ended the search
 * @param baseline the prompt in use
 * @param holdout how winner and baseline performed on the holdout; empty if the baseline won or the budget ended the
 *     search, and then the holdout is unused
 * @param costNanoUsd what it cost in billionths of a US dollar; empty if any price is unknown
 * @since 0.1.0
 */
public record SearchReport(
        int trainingQuestions,
        int holdoutQuestions,
        List<Round> rounds,
        Optional<String> winner,
        String baseline,
        Optional<Holdout> holdout,
        OptionalLong costNanoUsd) {
    private static final double SIGNIFICANT = 0.05;

    /**
     * A round of the search.
     *
     * @param questions number of questions each variant has answered by its end
     * @param standings the variants and the three benchmarks, best first
     */
    public record Round(int questions, List<Standing> standings) {}

    /**
     * The state of a variant at the end of a round.
     *
     * @param name the variant
     * @param meanNetReturn mean return of its answers so far, as a fraction and after the netted cost of changing the position
     * @param failures how many questions it failed to answer so far; the rules' answer counts for it there
     * @param kept whether it advanced to the next round, as benchmarks always do
     */
    public record Standing(String name, double meanNetReturn, int failures, boolean kept) {}

    /**
     * The comparison on the holdout.
     *
     * @param independent number of its questions whose outcomes do not overlap; only these enter the test
     * @param winnerMean mean return of the winner's answers, as a fraction and after cost
     * @param baselineMean mean return of the baseline's answers
     * @param advantage mean return difference, winner minus baseline, on the independent questions
     * @param p the p-value of the test of the mean, two-sided: of a studentised block bootstrap or of the t-test, the larger;
     *     NaN if the budget ended the comparison
     */
    public record Holdout(int independent, double winnerMean, double baselineMean, double advantage, double p) {}

    /**
     * Returns what is proposed in place of the baseline: a prompt, or not to ask at all but always HOLD, always BUY or follow
     * the rules.
     *
     * @return empty unless the winner performed better on the holdout, with p below 0.05
     */
    public Optional<String> proposal() {
        return holdout.filter(look -> look.advantage() > 0 && look.p() < SIGNIFICANT)
                .flatMap(look -> winner);
    }
}
