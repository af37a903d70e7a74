package io.github.hybridinference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RuleVerdict;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A figure that moves a little moves the votes a little, and in the direction that its rule says. */
class ContinuityTest {
    private static final int MARKETS = 20_000;

    private static final List<Rule> RULES =
            List.of(new RsiReversal(), new MacdCross(), new BollingerBreakout(), new VolumeConfirmation());

    /** The figures that the standard rules read, as a market has them. */
    private enum Figure {
        RSI,
        LINE,
        SIGNAL,
        LINE_BEFORE,
        SIGNAL_BEFORE,
        PRICE,
        LOWER,
        UPPER,
        VOLUME,
        CHANGE,
        VOLATILITY
    }

    private static final class Market {
        private final double[] figures;
        private final boolean hasChange;
        private final boolean hasPrevious;
        private final boolean hasRsi;

        private Market(double[] figures, boolean hasChange, boolean hasPrevious, boolean hasRsi) {
            this.figures = figures;
            this.hasChange = hasChange;
            this.hasPrevious = hasPrevious;
            this.hasRsi = hasRsi;
        }

        /**
         * Anywhere in the reach of each figure, or on one of the places at which a rule changes its formula: half of the figures, so
         * that a jump at one of them is met.
         */
        static Market random(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            double volatility = random.nextDouble(0.2, 4);
            double range = volatility; // of a price of about 100
            double width = random.nextDouble(2, 20);
            double[] figures = new double[Figure.values().length];
            figures[Figure.RSI.ordinal()] = at(random, 0, 100, 15, 20, 30, 35, 45, 50, 55, 65, 70, 80, 85);
            figures[Figure.SIGNAL.ordinal()] = random.nextDouble(-1, 1) * range;
            figures[Figure.LINE.ordinal()] =
                    figures[Figure.SIGNAL.ordinal()] + at(random, -0.2, 0.2, -0.05, 0, 0.05) * range;
            figures[Figure.SIGNAL_BEFORE.ordinal()] = random.nextDouble(-1, 1) * range;
            figures[Figure.LINE_BEFORE.ordinal()] =
                    figures[Figure.SIGNAL_BEFORE.ordinal()] + at(random, -0.2, 0.2, -0.05, 0, 0.05) * range;
            figures[Figure.LOWER.ordinal()] = 100 - width / 2;
            figures[Figure.UPPER.ordinal()] = 100 + width / 2;
            figures[Figure.PRICE.ordinal()] = 100 + at(random, -0.8, 0.8, -0.6, -0.5, 0.5, 0.6) * width;
            figures[Figure.VOLUME.ordinal()] = at(random, 0, 3, 1, 1.5, 2);
            figures[Figure.CHANGE.ordinal()] = at(random, -1, 1, -0.5, 0, 0.5) * range;
            figures[Figure.VOLATILITY.ordinal()] = volatility;
            return new Market(figures, random.nextInt(4) > 0, random.nextInt(4) > 0, random.nextInt(8) > 0);
        }

        private static double at(SplittableRandom random, double from, double to, double... places) {
            return random.nextBoolean() ? random.nextDouble(from, to) : places[random.nextInt(places.length)];
        }

        double get(Figure figure) {
            return figures[figure.ordinal()];
        }

        /** What a step of one means for a figure: a point, a range, a width, or its own size. */
        double unit(Figure figure) {
            double range = get(Figure.PRICE) * get(Figure.VOLATILITY) / 100;
            double width = get(Figure.UPPER) - get(Figure.LOWER);
            return switch (figure) {
                case LINE, SIGNAL, LINE_BEFORE, SIGNAL_BEFORE -> range;
                case PRICE, LOWER, UPPER -> Math.min(range, width);
                case CHANGE, VOLATILITY -> get(Figure.VOLATILITY);
                case RSI, VOLUME -> 1;
            };
        }

        Market moved(Figure figure, double units) {
            double[] moved = figures.clone();
            moved[figure.ordinal()] += units * unit(figure);
            return new Market(moved, hasChange, hasPrevious, hasRsi);
        }

        MarketSnapshot snapshot() {
            MarketSnapshot.Builder market = Markets.hourly()
                    .price(get(Figure.PRICE))
                    .bollinger(get(Figure.LOWER), 100, get(Figure.UPPER))
                    .macd(get(Figure.LINE), get(Figure.SIGNAL))
                    .volumeRatio(Math.max(0, get(Figure.VOLUME)))
                    .volatilityPct(get(Figure.VOLATILITY));
            if (hasRsi) {
                market.rsi(Math.max(0, Math.min(100, get(Figure.RSI))));
            }
            if (hasChange) {
                market.priceChangePct(get(Figure.CHANGE));
            }
            if (hasPrevious) {
                market.previousMacd(get(Figure.LINE_BEFORE), get(Figure.SIGNAL_BEFORE));
            }
            return market.build();
        }
    }

    /** The steepest vote changes by 40 a unit: that of MACD with a distance of 0.05 ranges, half of it on each side. */
    @ParameterizedTest
    @EnumSource(Figure.class)
    void noVoteJumps(Figure figure) {
        double step = 1e-7;
        for (int seed = 0; seed < MARKETS; seed++) {
            Market market = Market.random(seed);
            MarketSnapshot before = market.moved(figure, -step).snapshot();
            MarketSnapshot after = market.moved(figure, step).snapshot();
            for (Rule rule : RULES) {
                assertThat(rule.vote(after))
                        .as("%s, seed %d", rule.name(), seed)
                        .isCloseTo(rule.vote(before), within(100 * 2 * step));
            }
            RuleVerdict first = LocalRuleModel.standard().evaluate(before);
            RuleVerdict then = LocalRuleModel.standard().evaluate(after);
            assertThat(then.score()).as("seed %d", seed).isCloseTo(first.score(), within(1_000 * step));
            assertThat(then.strongestBuy()).as("seed %d", seed).isCloseTo(first.strongestBuy(), within(1_000 * step));
            assertThat(then.strongestSell()).as("seed %d", seed).isCloseTo(first.strongestSell(), within(1_000 * step));
        }
    }

    /** So a rising RSI never turns SELL into BUY, and never BUY into SELL without HOLD between. */
    @Test
    void aHigherRsiNeverSpeaksForBuying() {
        for (int seed = 0; seed < MARKETS; seed++) {
            Market market = Market.random(seed);
            assertOrdered(market, Figure.RSI, -1, RULES, seed);
            assertThat(LocalRuleModel.standard()
                            .evaluate(market.moved(Figure.RSI, 3).snapshot())
                            .score())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(LocalRuleModel.standard()
                                    .evaluate(market.snapshot())
                                    .score()
                            + 1e-12);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void eachFigureSpeaksForTheSideThatItsRuleNames(int which) {
        for (int seed = 0; seed < MARKETS; seed++) {
            Market market = Market.random(seed);
            switch (which) {
                case 1 -> assertOrdered(market, Figure.LINE, 1, RULES, seed);
                case 2 -> assertOrdered(market, Figure.SIGNAL, -1, RULES, seed);
                case 3 -> assertOrdered(market, Figure.LINE_BEFORE, -1, RULES, seed);
                case 4 -> assertOrdered(market, Figure.SIGNAL_BEFORE, 1, RULES, seed);
                case 5 -> assertOrdered(market, Figure.PRICE, 1, List.of(RULES.get(2)), seed);
                default -> assertOrdered(market, Figure.CHANGE, 1, RULES, seed);
            }
        }
    }

    /** Each vote rises with the figure for a direction of 1, and falls for -1, or stays. */
    private static void assertOrdered(Market market, Figure figure, int direction, List<Rule> rules, int seed) {
        MarketSnapshot low = market.snapshot();
        for (double units : new double[] {0.01, 0.1, 3}) {
            MarketSnapshot high = market.moved(figure, units).snapshot();
            for (Rule rule : rules) {
                double moved =
                        direction * (rule.vote(high) - rule.vote(low)); // NaN where its figure is missing in both
                assertThat(moved < -1e-12)
                        .as("%s, %s by %s, seed %d: %s", rule.name(), figure, units, seed, moved)
                        .isFalse();
            }
        }
    }
}
