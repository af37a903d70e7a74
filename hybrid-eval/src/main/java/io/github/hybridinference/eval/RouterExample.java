package io.github.hybridinference.eval;

import io.github.hybridinference.classify.RouterModel;
import io.github.hybridinference.eval.journal.JournalEntry;
import io.github.hybridinference.eval.journal.Recording;
import io.github.hybridinference.local.LocalRuleModel;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Scenario.Reason;
import io.github.hybridinference.model.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A complex scenario of the table, asked about or not.
 *
 * @param bar the index of the bar
 * @param time the close of the bar
 * @param question what was known
 * @param verdict what the rules made of it
 * @param reason why the table called it complex
 * @param propensity the probability with which it was asked about, positive
 * @param model the action of the model; empty if it was not asked, or gave no answer
 * @param asked whether it was asked
 * @param rulesReturn what following the rules earned; NaN at the end of the history
 * @param modelReturn what following the model earned; NaN also without an answer
 */
record RouterExample(
        int bar,
        Instant time,
        MarketSnapshot question,
        RuleVerdict verdict,
        Reason reason,
        double propensity,
        Optional<Action> model,
        boolean asked,
        double rulesReturn,
        double modelReturn) {

    /** Whether both answers are known; the outcome may still be missing. */
    boolean isAnswered() {
        return model.isPresent();
    }

    boolean isChange() {
        return model.isPresent() && model.get() != verdict.action();
    }

    /** Of the model over the rules; 0 without a change. */
    double gain() {
        return isChange() ? modelReturn - rulesReturn : 0;
    }

    boolean isJudged() {
        return isAnswered() && !Double.isNaN(rulesReturn);
    }

    /** What an answer stands for: one over the probability that it is there. */
    double weight() {
        return 1 / propensity;
    }

    double[] inputs() {
        return RouterModel.inputs(question, verdict, reason);
    }

    /** Those of a run. */
    static List<RouterExample> of(EvaluationResult result) {
        List<RouterExample> examples = new ArrayList<>();
        for (Decided decided : result.decisions()) {
            Source source = decided.answer().source();
            if (decided.hasOpinion() && isOfTheTable(decided.answer().scenario())) {
                examples.add(example(
                        result.history(),
                        decided.bar(),
                        decided.answer().rules(),
                        decided.answer().scenario(),
                        source == Source.REMOTE || source == Source.CACHE
                                ? Optional.of(decided.answer().signal().action())
                                : Optional.empty(),
                        result.horizonBars(),
                        result.costBps()));
            }
        }
        return examples;
    }

    /**
     * Those of a journal. Of several entries about a bar the last counts, of those with an answer if there are any. Entries that say
     * they are about another symbol are left out.
     */
    static List<RouterExample> of(History history, Recording journal, int horizonBars, double costBps) {
        requireSymbol(history, journal);
        Map<Instant, JournalEntry> entries = new HashMap<>();
        for (JournalEntry entry : journal.entries()) {
            boolean noData =
                    entry.degradation().filter(Degradation.NO_DATA::equals).isPresent();
            if (!noData && isOfTheTable(entry.scenario()) && isAbout(entry, history)) {
                entries.merge(
                        entry.barTime(),
                        entry,
                        (old, later) -> later.model().isPresent() || old.model().isEmpty() ? later : old);
            }
        }
        LocalRuleModel rules = LocalRuleModel.standard();
        List<RouterExample> examples = new ArrayList<>();
        for (int bar = 0; bar < history.size(); bar++) {
            MarketSnapshot question = history.questions().get(bar);
            JournalEntry entry = entries.get(question.time());
            if (entry != null) {
                examples.add(example(
                        history,
                        bar,
                        rules.evaluate(question),
                        entry.scenario(),
                        entry.model().map(signal -> signal.action()),
                        horizonBars,
                        costBps));
            }
        }
        return examples;
    }

    private static void requireSymbol(History history, Recording journal) {
        if (!journal.entries().isEmpty() && journal.entries().stream().noneMatch(entry -> isAbout(entry, history))) {
            throw new IllegalArgumentException("the journal keeps symbols, and none of them is that of the bars");
        }
    }

    /** An entry without a symbol is taken at the word of who gave the journal. */
    private static boolean isAbout(JournalEntry entry, History history) {
        return entry.symbol()
                .map(symbol -> symbol.equals(history.questions().get(0).symbol()))
                .orElse(true);
    }

    /** Complex, or called simple by a router that could have asked. */
    private static boolean isOfTheTable(Scenario scenario) {
        return scenario.propensity() > 0 && scenario.reason() != Reason.REMEMBERED;
    }

    private static RouterExample example(
            History history,
            int bar,
            RuleVerdict verdict,
            Scenario scenario,
            Optional<Action> model,
            int horizonBars,
            double costBps) {
        double move = history.forwardReturn(bar, horizonBars);
        return new RouterExample(
                bar,
                history.questions().get(bar).time(),
                history.questions().get(bar),
                verdict,
                scenario.reason(),
                scenario.propensity(),
                model,
                scenario.isComplex(),
                returnOf(verdict.action(), move, costBps),
                model.map(action -> returnOf(action, move, costBps)).orElse(Double.NaN));
    }

    private static double returnOf(Action action, double move, double costBps) {
        return Double.isNaN(move) ? Double.NaN : SourceEvaluator.netReturn(Decided.sideOf(action), move, costBps);
    }
}
