package io.github.hybridinference.examples.evaluate;

import io.github.hybridinference.eval.Calibration;
import io.github.hybridinference.eval.CallWorth;
import io.github.hybridinference.eval.ConfidenceCalibration;
import io.github.hybridinference.eval.EvaluationResult;
import io.github.hybridinference.eval.Interval;
import io.github.hybridinference.eval.LearnedRouter;
import io.github.hybridinference.eval.PortfolioFigures;
import io.github.hybridinference.eval.SelectionBias;
import io.github.hybridinference.eval.SourceFigures;
import io.github.hybridinference.eval.report.Report;
import io.github.hybridinference.model.Source;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prints the results of an evaluation; the last line is for programs. */
final class EvaluateSummary {
    private EvaluateSummary() {}

    static void print(
            PrintWriter out,
            Report report,
            EvaluationResult result,
            Optional<EvaluationResult> withoutSuspects,
            Optional<Calibration> calibration,
            Optional<SelectionBias> trials,
            List<String> notes,
            AnswerSource answers,
            Path folder) {
        head(out, report, result, notes, answers);
        table(out, report, result, withoutSuspects, answers.isSimulated());
        worth(out, result.callWorth(), answers.isSimulated());
        confidence(out, result, Source.LOCAL, "rules", ".rulesConfidenceCalibration");
        confidence(
                out,
                result,
                Source.REMOTE,
                answers.isSimulated() ? "model (simulated)" : "model",
                ".confidenceCalibration");
        report.learnedRouter().ifPresent(found -> router(out, found));
        trials.ifPresent(found -> trials(out, found, answers.isSimulated()));
        calibration.ifPresent(found -> calibration(out, found));
        out.println("Report: " + folder.resolve("report.html"));
        out.println("RESULT " + report.line());
        out.flush();
    }

    private static void head(
            PrintWriter out, Report report, EvaluationResult result, List<String> notes, AnswerSource answers) {
        out.println("Hybrid Inference evaluation of " + result.history().size() + " bars, judged over "
                + result.horizonBars() + ", " + result.costBps() + " bps a trade");
        out.println("Model: " + (answers.label().isEmpty() ? "none" : answers.label()));
        if (report.mayHaveBeenSeen()) {
            out.println("The model may have seen this: bars older than its knowledge cut-off, or none stated.");
        }
        notes.forEach(out::println);
        out.println();
    }

    private static void table(
            PrintWriter out,
            Report report,
            EvaluationResult result,
            Optional<EvaluationResult> withoutSuspects,
            boolean simulated) {
        line(
                out,
                "source",
                "decisions",
                "signals",
                "HOLD",
                "hit rate (95 %)",
                "netted bps (95 %)",
                "Brier",
                "Sharpe (95 %)",
                "fall");
        for (SourceFigures source : report.figures()) {
            row(
                    out,
                    source,
                    simulated
                            && !source.source().equals("rules")
                            && !source.source().equals("fallback"));
        }
        bought(out, "buy and hold", result);
        withoutSuspects.ifPresent(other -> {
            line(out, "without suspect bars:", "", "", "", "", "", "", "", "");
            List<SourceFigures> figures = other.figures();
            row(out, figures.get(figures.size() - 1), simulated);
            bought(out, "buy and hold", other);
        });
        out.println();
    }

    private static void bought(PrintWriter out, String name, EvaluationResult result) {
        PortfolioFigures bought = result.buyAndHold();
        line(out, name, "", "", "", "", "", "", range(bought.sharpe(), 1, 2), percent(bought.maxDrawdown()));
    }

    private static void line(PrintWriter out, Object... cells) {
        out.printf(Locale.ROOT, "  %-22s %9s %8s %7s  %-24s %-26s %6s  %-22s %7s%n", cells);
    }

    private static void row(PrintWriter out, SourceFigures source, boolean simulated) {
        line(
                out,
                source.source() + (simulated ? " (simulated)" : ""),
                source.decisions(),
                source.signals(),
                percent(source.holdShare()),
                range(source.hitRate(), 100, 1),
                range(source.meanReturn(), 10_000, 1),
                number(source.brier().value(), 3),
                range(source.portfolio().sharpe(), 1, 2),
                percent(source.portfolio().maxDrawdown()));
    }

    static void worth(PrintWriter out, CallWorth worth, boolean simulated) {
        String model = simulated ? "The model (simulated)" : "The model";
        out.println(
                switch (worth.verdict()) {
                    case NO_MODEL -> "No answer of a model can be compared with the rules.";
                    case NOT_WORTH_IT -> model + " was not worth its price on these bars.";
                    case UNDECIDED -> "These bars do not show whether the model is better or worse than the rules.";
                    case WORTH_IT -> model + " gained on the rules on these bars.";
                });
        if (worth.compared() > 0) {
            out.println("It changed the action of the rules on " + worth.changes() + " of " + worth.compared()
                    + " complex scenarios, for " + range(worth.worth(), 10_000, 1)
                    + " bps a change, each answer charged its own entry and exit; an edge of "
                    + number(10_000 * worth.detectableEdge(), 1)
                    + " bps would show in 4 of 5 such samples.");
        }
        worth.breakEvenCapitalUsd()
                .ifPresent(usd -> out.println(
                        "The calls earned their price from $" + number(usd, 2) + " traded on each signal on."));
        out.println();
    }

    private static void confidence(
            PrintWriter out, EvaluationResult result, Source source, String name, String setter) {
        ConfidenceCalibration.Effect effect = result.confidenceCalibration(source);
        if (effect.signals() == 0) {
            return;
        }
        out.println("The confidence of the " + name
                + (effect.carriesInformation() ? " carries information" : " carries no information that shows here")
                + ": on " + effect.signals() + " later signals the Brier score is " + number(effect.before(), 3)
                + " as stated, " + number(effect.after(), 3) + " calibrated, " + number(effect.baseRate(), 3)
                + " for the hit rate alone (skill as stated " + number(effect.skill(), 2) + ").");
        if (effect.carriesInformation()) {
            effect.table().ifPresent(table -> out.println("  " + setter + "(" + table + ")"));
        }
        out.println();
    }

    private static void router(PrintWriter out, LearnedRouter router) {
        out.println("A router that learned from the first half would ask about "
                + percent(router.learned().askedShare()) + " of the complex scenarios of the second, keep "
                + range(router.learned().keptChanges(), 100, 1) + " % of the changes and gain "
                + range(router.learned().gain(), 10_000, 1) + " bps a scenario; the fixed table gains "
                + range(router.table().gain(), 10_000, 1) + ".");
        out.println();
    }

    private static void trials(PrintWriter out, SelectionBias bias, boolean simulated) {
        String own = (simulated ? "(simulated) " : "") + percent(bias.deflatedSharpe(bias.evaluated()));
        if (bias.trials().size() == 1) {
            out.println("One set-up was looked at on these bars. Its deflated Sharpe ratio is " + own + ".");
        } else {
            out.println("Set-ups looked at on these bars: " + bias.trials().size()
                    + (bias.bestShowsAnEdge()
                            ? ". The best shows an edge as the best of them"
                            : ". The best shows no edge")
                    + ": its deflated Sharpe ratio is " + percent(bias.deflatedSharpe(bias.best())) + ", this one's "
                    + own
                    + (Double.isNaN(bias.overfittingProbability())
                            ? "."
                            : "; the probability of back-test overfitting is " + percent(bias.overfittingProbability())
                                    + "."));
        }
        out.println();
    }

    private static void calibration(PrintWriter out, Calibration found) {
        out.println("For " + percent(found.wantedShare())
                + " of the bars to go to the model. Fitted on the first half of the bars;"
                + " on the second, of which the figures above are, " + percent(found.secondHalfShare())
                + " went to it. Fitted and measured on other parts: " + range(found.expectedShare(), 100, 1) + " %");
        found.firstHalf().snippet().lines().forEach(line -> out.println("  " + line));
        out.println();
    }

    static String range(Interval interval, double unit, int digits) {
        return Double.isNaN(interval.value())
                ? "-"
                : number(unit * interval.value(), digits)
                        + (Double.isNaN(interval.low())
                                ? ""
                                : " (" + number(unit * interval.low(), digits) + " to "
                                        + number(unit * interval.high(), digits) + ")");
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : number(100 * share, 1) + "%";
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
