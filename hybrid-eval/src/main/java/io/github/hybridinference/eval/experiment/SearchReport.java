package io.github.hybridinference.eval.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a search for a better prompt found. It proposes; nothing is deployed by it.
 *
 * @param trainingQuestions how many questions there were to choose by
 * @param holdoutQuestions how many later ones were kept back
 * @param rounds the rounds of the search
 * @param winner the variant left at the end; empty if the budget ended the search
 * @param baseline the prompt in use
 * @param holdout how winner and baseline did on the questions kept back; empty if there was no other winner to test, and
 *     the holdout is still fresh
 * @param costNanoUsd what it cost in billionths of a US dollar; empty if any price is unknown
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
     * @param questions how many questions each variant has answered by its end
     * @param standings the variants, best first
     */
    public record Round(int questions, List<Standing> standings) {}

    /**
     * How a variant stood at the end of a round.
     *
     * @param name the variant
     * @param meanNetReturn what its answers gained on average so far, as a share and after cost
     * @param failures how many questions it failed to answer so far; the rules' answer counts for it there
     * @param kept whether it went on
     */
    public record Standing(String name, double meanNetReturn, int failures, boolean kept) {}

    /**
     * The one look at the questions kept back.
     *
     * @param independent how many of them have outcomes that do not overlap; only these enter the test
     * @param winnerMean what the winner's answers gained on average, as a share and after cost
     * @param baselineMean what the baseline's answers gained
     * @param advantage by how much the winner gained more on the independent questions, on average
     * @param p the chance of such a difference between equals (Wilcoxon, two-sided); NaN if the budget ended the look
     */
    public record Holdout(int independent, double winnerMean, double baselineMean, double advantage, double p) {}

    /**
     * Returns the prompt that is proposed in place of the baseline.
     *
     * @return empty unless the winner did better on the questions kept back, with p below 0.05
     */
    public Optional<String> proposal() {
        return holdout.filter(look -> look.advantage() > 0 && look.p() < SIGNIFICANT)
                .flatMap(look -> winner);
    }
}
