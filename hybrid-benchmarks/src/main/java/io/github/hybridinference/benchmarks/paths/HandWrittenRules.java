package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.RiskLevel;

/** The standard rules and thresholds as one would write them for twelve known figures and nothing else. */
final class HandWrittenRules {
    private static final double RSI_WEIGHT = 1;
    private static final double MACD_WEIGHT = 1;
    private static final double BAND_WEIGHT = 0.8;
    private static final double VOLUME_WEIGHT = 0.4;

    private HandWrittenRules() {}

    /** What is known of the market. */
    record Figures(
            double price,
            double rsi,
            double macd,
            double macdSignal,
            double macdBefore,
            double signalBefore,
            double lower,
            double middle,
            double upper,
            double volumeRatio,
            double volatilityPct,
            double adx) {}

    /** What follows from it. */
    record Answer(Action action, double confidence, RiskLevel risk, boolean hard, long latencyNanos) {}

    static Figures figures(double rsi) {
        return new Figures(64_120.5, rsi, -120.3, -98.1, -110.2, -99.4, 63_900, 64_800, 65_700, 1.9, 2.1, 31);
    }

    static Answer judge(Figures figures, long startNanos, boolean timed) {
        double rsi = rsiVote(figures.rsi) * RSI_WEIGHT;
        double macd = macdVote(figures) * MACD_WEIGHT;
        double band = bandVote(figures) * BAND_WEIGHT;
        double volume = volumeVote(figures) * VOLUME_WEIGHT;
        double buy = Math.max(0, rsi) + Math.max(0, macd) + Math.max(0, band) + Math.max(0, volume);
        double sell = -(Math.min(0, rsi) + Math.min(0, macd) + Math.min(0, band) + Math.min(0, volume));
        double shares = 0.5 + buy + sell;
        double score = (buy - sell) / shares;
        Action action = score >= 0.4 ? Action.BUY : score <= -0.4 ? Action.SELL : Action.HOLD;
        RiskLevel risk = figures.volatilityPct <= 1
                ? RiskLevel.LOW
                : figures.volatilityPct > 3 ? RiskLevel.HIGH : RiskLevel.MEDIUM;
        boolean extreme = (figures.rsi > 80 || figures.rsi < 20) && figures.volumeRatio >= 1.5;
        boolean hard = !extreme
                && (figures.volatilityPct > 3 || (figures.rsi >= 45 && figures.rsi <= 55) || Math.abs(score) < 0.5);
        double confidence = action == Action.HOLD ? 0.5 / shares : Math.abs(score);
        return new Answer(action, confidence, risk, hard, timed ? System.nanoTime() - startNanos : 0);
    }

    private static double rsiVote(double rsi) {
        if (rsi <= 30) {
            return 0.5 + 0.5 * Math.min(1, (30 - rsi) / 15);
        }
        return rsi >= 70 ? -0.5 - 0.5 * Math.min(1, (rsi - 70) / 15) : 0;
    }

    private static double macdVote(Figures figures) {
        double now = figures.macd - figures.macdSignal;
        double before = figures.macdBefore - figures.signalBefore;
        if (now > 0) {
            return before <= 0 ? 1 : 0.25;
        }
        return now < 0 ? before >= 0 ? -1 : -0.25 : 0;
    }

    private static double bandVote(Figures figures) {
        if (figures.price > figures.upper) {
            return figures.rsi >= 70 ? 0 : 1;
        }
        return figures.price < figures.lower && figures.rsi > 30 ? -1 : 0;
    }

    private static double volumeVote(Figures figures) {
        if (figures.volumeRatio < 1.5) {
            return 0;
        }
        return figures.rsi <= 30 ? 1 : figures.rsi >= 70 ? -1 : Math.signum(figures.macd - figures.macdSignal);
    }
}
