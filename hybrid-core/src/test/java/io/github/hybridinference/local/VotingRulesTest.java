package io.github.hybridinference.local;

import static io.github.hybridinference.local.Markets.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import io.github.hybridinference.model.Timeframe;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VotingRulesTest {
    private static final VotingRules STANDARD = LocalRuleModel.standard();

    /** A rule that always votes the same. */
    private record Fixed(String name, double fixed) implements Rule {
        @Override
        public double vote(MarketSnapshot snapshot) {
            return fixed;
        }

        @Override
        public String sentence(MarketSnapshot snapshot, double vote) {
            return name + " says so.";
        }
    }

    /** The standard rules replaced by fixed votes a and b, with weights 1 and 0.5. */
    private static VotingRules fixed(double a, double b) {
        VotingRules rules = STANDARD.with(new Fixed("a", a), 1).with(new Fixed("b", b), 0.5);
        for (String name : STANDARD.names()) {
            rules = rules.without(name);
        }
        return rules;
    }

    @ParameterizedTest
    @CsvSource({
        // a, b, score, action, confidence
        "1, 1, 0.75, BUY, 0.75",
        "-1, -1, -0.75, SELL, 0.75",
        "1, -1, 0.25, HOLD, 0.25",
        "0, 0, 0, HOLD, 1",
        "0, NaN, 0, HOLD, 0.666667",
        "NaN, 0, 0, HOLD, 0.333333",
        "0.5, NaN, 0.5, BUY, 0.5",
        "NaN, 1, 0.5, BUY, 0.5",
        "NaN, 0.5, 0.333333, HOLD, 0.222222",
        "1, 0.2, 0.6875, BUY, 0.6875"
    })
    void weighsVotesByTheFormula(double a, double b, double score, Action action, double confidence) {
        RuleVerdict verdict = fixed(a, b).evaluate(hourly().build());
        assertThat(verdict.score()).isCloseTo(score, within(1e-6));
        assertThat(verdict.action()).isEqualTo(action);
        assertThat(verdict.confidence()).isCloseTo(confidence, within(1e-6));
        assertThat(verdict.strongestBuy()).isCloseTo(Math.max(0, Math.max(nanZero(a), nanZero(b) / 2)), within(1e-6));
        assertThat(verdict.strongestSell())
                .isCloseTo(Math.max(0, Math.max(-nanZero(a), -nanZero(b) / 2)), within(1e-6));
    }

    /** A standard rule under another name, which the rules do not know. */
    private record Renamed(Rule rule) implements Rule {
        @Override
        public String name() {
            return "my_" + rule.name();
        }

        @Override
        public double vote(MarketSnapshot snapshot) {
            return rule.vote(snapshot);
        }

        @Override
        public String sentence(MarketSnapshot snapshot, double vote) {
            return rule.sentence(snapshot, vote);
        }
    }

    @Test
    void judgesTheStandardRulesAsItWouldAnyOthers() {
        VotingRules standard = STANDARD.reweigh("rsi_reversal", 0.7).reweigh("volume_confirmation", 2.5);
        VotingRules renamed = standard.with(new Renamed(new RsiReversal()), 0.7)
                .with(new Renamed(new MacdCross()), 1)
                .with(new Renamed(new BollingerBreakout()), 0.8)
                .with(new Renamed(new VolumeConfirmation()), 2.5);
        for (String name : STANDARD.names()) {
            renamed = renamed.without(name);
        }
        Map<Action, Integer> seen = new EnumMap<>(Action.class);
        int unknown = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            MarketSnapshot snapshot = Markets.Pair.random(seed).market();
            RuleVerdict verdict = standard.evaluate(snapshot);
            RuleVerdict other = renamed.evaluate(snapshot);
            assertThat(other.hasData()).as("seed %d", seed).isEqualTo(verdict.hasData());
            assertThat(other.signal()).as("seed %d", seed).isEqualTo(verdict.signal());
            assertThat(other.score()).as("seed %d", seed).isEqualTo(verdict.score());
            assertThat(other.strongestBuy()).as("seed %d", seed).isEqualTo(verdict.strongestBuy());
            assertThat(other.strongestSell()).as("seed %d", seed).isEqualTo(verdict.strongestSell());
            seen.merge(verdict.action(), 1, Integer::sum);
            unknown += verdict.hasData() ? 0 : 1;
        }
        assertThat(seen)
                .hasSize(3)
                .allSatisfy((action, times) -> assertThat(times).isGreaterThan(1_000));
        assertThat(unknown).isPositive();
    }

    /** The formula of the class comment over lists, as a check on the loop; in the same order, so to the last bit. */
    private static void assertIsByTheFormula(RuleVerdict verdict, MarketSnapshot snapshot, double... weights) {
        List<Rule> rules =
                List.of(new RsiReversal(), new MacdCross(), new BollingerBreakout(), new VolumeConfirmation());
        double[] votes = rules.stream().mapToDouble(rule -> rule.vote(snapshot)).toArray();
        int[] known = IntStream.range(0, 4).filter(i -> !Double.isNaN(votes[i])).toArray();
        if (known.length == 0) {
            assertThat(verdict).isSameAs(RuleVerdict.noData());
            return;
        }
        double[] toBuy = IntStream.of(known)
                .mapToDouble(i -> Math.max(0, votes[i]) * weights[i])
                .toArray();
        double[] toSell = IntStream.of(known)
                .mapToDouble(i -> Math.max(0, -votes[i]) * weights[i])
                .toArray();
        double b = inOrder(DoubleStream.of(toBuy));
        double s = inOrder(DoubleStream.of(toSell));
        double sum = 0.5 + b + s;
        double coverage = inOrder(IntStream.of(known).mapToDouble(i -> weights[i])) / inOrder(DoubleStream.of(weights));
        double score = (b - s) / sum;
        Action action = Math.abs(score) < 0.4 ? Action.HOLD : score > 0 ? Action.BUY : Action.SELL;
        double volatility = snapshot.get(Feature.VOLATILITY_PCT);
        int risk = (volatility <= 1 ? 0 : volatility > 3 ? 2 : 1) + (Math.min(b, s) >= 0.25 * sum ? 1 : 0);
        String reasons = IntStream.of(known)
                .filter(i -> votes[i] != 0)
                .mapToObj(i -> rules.get(i).sentence(snapshot, votes[i]))
                .collect(Collectors.joining(" "));

        assertThat(verdict.score()).isEqualTo(score);
        assertThat(verdict.action()).isEqualTo(action);
        assertThat(verdict.confidence()).isEqualTo(action == Action.HOLD ? 0.5 / sum * coverage : Math.abs(score));
        assertThat(verdict.risk()).isEqualTo(RiskLevel.values()[Math.min(2, risk)]);
        assertThat(verdict.strongestBuy())
                .isEqualTo((float) DoubleStream.of(toBuy).max().orElseThrow());
        assertThat(verdict.strongestSell())
                .isEqualTo((float) DoubleStream.of(toSell).max().orElseThrow());
        assertThat(verdict.signal().reasoning())
                .isEqualTo(reasons.isEmpty() ? "No rule sees a reason to act." : reasons);
    }

    private static double inOrder(DoubleStream figures) {
        return figures.reduce(0, Double::sum);
    }

    @Test
    void judgesAnyMarketByTheFormulaToTheLastBit() {
        for (int seed = 0; seed < 20_000; seed++) {
            MarketSnapshot snapshot = Markets.Pair.random(seed).market();
            SplittableRandom random = new SplittableRandom(seed);
            double[] weights = random.doubles(4, 0.05, 3).toArray();
            VotingRules rules = STANDARD.reweigh("rsi_reversal", weights[0])
                    .reweigh("macd_cross", weights[1])
                    .reweigh("bollinger_breakout", weights[2])
                    .reweigh("volume_confirmation", weights[3]);
            assertIsByTheFormula(STANDARD.evaluate(snapshot), snapshot, 1, 1, 0.8, 0.4);
            assertIsByTheFormula(rules.evaluate(snapshot), snapshot, weights);
        }
    }

    /** Equal to whatever rule has its name. */
    private record Impostor(String name) implements Rule {
        @Override
        public double vote(MarketSnapshot snapshot) {
            return 1;
        }

        @Override
        public String sentence(MarketSnapshot snapshot, double vote) {
            return "I say so.";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Rule rule && rule.name().equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    @Test
    void asksTheOwnersRuleThoughItSaysItIsAStandardOne() {
        VotingRules rules = STANDARD.without("volume_confirmation").with(new Impostor("volume_confirmation"), 2);
        assertThat(rules.evaluate(hourly().build()).strongestBuy()).isEqualTo(2);
    }

    private static double nanZero(double vote) {
        return Double.isNaN(vote) ? 0 : vote;
    }

    @Test
    void actsFromAScoreOfTwoFifthsOn() {
        // one vote v of weight 1: v / (0.5 + v) = 0.4 at v = 1/3
        assertThat(fixed(0.334, 0).evaluate(hourly().build()).action()).isEqualTo(Action.BUY);
        assertThat(fixed(0.333, 0).evaluate(hourly().build()).action()).isEqualTo(Action.HOLD);
        assertThat(fixed(-0.334, 0).evaluate(hourly().build()).action()).isEqualTo(Action.SELL);
        assertThat(fixed(-0.333, 0).evaluate(hourly().build()).action()).isEqualTo(Action.HOLD);
    }

    @Test
    void hasNoOpinionWithoutAnyFigure() {
        assertThat(STANDARD.evaluate(hourly().build())).isSameAs(RuleVerdict.noData());
        assertThat(STANDARD.evaluate(hourly().price(100).volatilityPct(1).build()))
                .isSameAs(RuleVerdict.noData());
        assertThat(STANDARD.evaluate(hourly().rsi(50).build()).hasData()).isTrue();
    }

    @Test
    void mirrorsBuyAndSellAndStaysInItsRanges() {
        for (long seed = 0; seed < 20_000; seed++) {
            Markets.Pair pair = Markets.Pair.random(seed);
            RuleVerdict verdict = STANDARD.evaluate(pair.market());
            RuleVerdict mirror = STANDARD.evaluate(pair.mirror());
            assertThat(verdict.score()).as("seed %d", seed).isBetween(-1.0, 1.0);
            assertThat(verdict.confidence()).as("seed %d", seed).isBetween(0.0, 1.0);
            assertThat(mirror.score()).as("seed %d", seed).isCloseTo(-verdict.score(), within(1e-12));
            assertThat(mirror.confidence()).as("seed %d", seed).isCloseTo(verdict.confidence(), within(1e-12));
            assertThat(mirror.action()).as("seed %d", seed).isEqualTo(mirrored(verdict.action()));
            assertThat(mirror.risk()).as("seed %d", seed).isEqualTo(verdict.risk());
            assertThat(mirror.strongestBuy()).as("seed %d", seed).isEqualTo(verdict.strongestSell());
        }
    }

    private static Action mirrored(Action action) {
        return switch (action) {
            case BUY -> Action.SELL;
            case SELL -> Action.BUY;
            case HOLD -> Action.HOLD;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "H1, 1, 0, LOW",
        "H1, 1.01, 0, MEDIUM",
        "H1, 3, 0, MEDIUM",
        "H1, 3.01, 0, HIGH",
        "H4, 2, 0, LOW",
        "H4, 2.1, 0, MEDIUM",
        "H4, 6.1, 0, HIGH",
        "M15, 0.5, 0, LOW",
        "M15, 0.6, 0, MEDIUM",
        // the weaker side has a quarter of all shares: 0.5 / (0.5 + 0.5 + 1) with votes 1 and -1
        "H1, 1, -1, MEDIUM",
        "H1, 3, -1, HIGH",
        "H1, 3.01, -1, HIGH",
        "H1, 1, -0.9, LOW"
    })
    void findsActingRiskierWithVolatilityAndQuarrels(
            Timeframe timeframe, double volatilityPct, double b, RiskLevel risk) {
        MarketSnapshot snapshot = MarketSnapshot.builder("X", timeframe)
                .volatilityPct(volatilityPct)
                .build();
        assertThat(fixed(1, b).evaluate(snapshot).risk()).isEqualTo(risk);
    }

    @Test
    void findsActingMediumRiskyIfVolatilityIsUnknown() {
        assertThat(fixed(1, 0).evaluate(hourly().build()).risk()).isEqualTo(RiskLevel.MEDIUM);
    }

    @Test
    void saysWhatEachRuleSaw() {
        MarketSnapshot snapshot = hourly().rsi(27.4)
                .price(100)
                .volatilityPct(1)
                .macd(1, 0)
                .previousMacd(-1, 0)
                .volumeRatio(1.9)
                .build();
        RuleVerdict verdict = STANDARD.evaluate(snapshot);
        assertThat(verdict.signal().reasoning())
                .isEqualTo("RSI 27.4 is oversold. MACD has just crossed above its signal. "
                        + "Volume at 1.9 times usual suggests a climax.");
        assertThat(STANDARD.evaluate(hourly().rsi(50).build()).signal().reasoning())
                .isEqualTo("No rule sees a reason to act.");
        assertThat(fixed(0, Double.NaN).explain(snapshot)).isEqualTo("No rule sees a reason to act.");
        assertThat(fixed(Double.NaN, 1).explain(snapshot)).isEqualTo("b says so.");
    }

    @Test
    void addsDropsAndReweighsRules() {
        assertThat(STANDARD.names())
                .containsExactly("rsi_reversal", "macd_cross", "bollinger_breakout", "volume_confirmation");
        VotingRules more = STANDARD.with(new Fixed("mine", 1), 2);
        assertThat(more.names()).endsWith("volume_confirmation", "mine");
        assertThat(more.evaluate(hourly().build()).score()).isCloseTo(2 / 2.5, within(1e-12));
        assertThat(more.reweigh("mine", 0.5).evaluate(hourly().build()).score()).isCloseTo(0.5, within(1e-12));
        assertThat(more.without("mine").names()).isEqualTo(STANDARD.names());
        assertThat(more.without("mine").evaluate(hourly().build()).hasData()).isFalse();
        assertThat(STANDARD.names()).as("copies were changed").hasSize(4);
        MarketSnapshot oversold = hourly().rsi(10).build();
        assertThat(STANDARD.reweigh("rsi_reversal", 0.1).evaluate(oversold).strongestBuy())
                .isCloseTo(0.1, within(1e-7));
    }

    @Test
    void refusesRulesThatDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.with(new Fixed("macd_cross", 1), 1))
                .withMessage("there is a rule of that name already: drop or reweigh it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> STANDARD.without("canary"))
                .withMessage("there is no rule of that name; there are " + String.join(", ", STANDARD.names()));
        assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.reweigh("canary", 1));
        assertThatNullPointerException().isThrownBy(() -> STANDARD.without(null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fixed(1, 1).without("a").without("b"))
                .withMessage("the last rule cannot be dropped");
        for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> STANDARD.with(new Fixed("mine", 1), weight))
                    .withMessageStartingWith("the weight of a rule must be positive and finite");
            assertThatIllegalArgumentException().isThrownBy(() -> STANDARD.reweigh("macd_cross", weight));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.01, -1.01, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void refusesVotesOutOfRange(double vote) {
        assertThatIllegalStateException()
                .isThrownBy(() -> fixed(vote, 0).evaluate(hourly().build()))
                .withMessage("the rule a voted outside [-1, 1]");
    }

    @Test
    void readsNothingButWhatItsRulesNeed() {
        MarketSnapshot bare = hourly().rsi(20).volumeRatio(2).build();
        MarketSnapshot rich = hourly().rsi(20)
                .volumeRatio(2)
                .feature(Feature.of("mvrv"), 9)
                .feature("rsi_7", 90)
                .build();
        assertThat(STANDARD.evaluate(rich).score())
                .isEqualTo(STANDARD.evaluate(bare).score());
        assertThat(List.of(STANDARD.evaluate(rich).action())).containsExactly(Action.BUY);
    }

    @ParameterizedTest
    @CsvSource({"1, -0.5", "0.2, 0", "NaN, 1", "0, NaN"})
    void tellsTheVotesThatTheScoreIsMadeOf(double a, double b) {
        VotingRules rules = fixed(a, b);
        MarketSnapshot snapshot = hourly().build();

        List<VotingRules.Vote> votes = rules.votes(snapshot);

        assertThat(votes).extracting(VotingRules.Vote::rule).containsExactly("a", "b");
        assertThat(votes).extracting(VotingRules.Vote::weight).containsExactly(1.0, 0.5);
        assertThat(votes).extracting(VotingRules.Vote::vote).containsExactly(a, b);
        assertThat(votes)
                .allSatisfy(vote -> assertThat(vote.sentence())
                        .isEqualTo(vote.vote() == 0 || Double.isNaN(vote.vote()) ? "" : vote.rule() + " says so."));
        double balance =
                votes.stream().mapToDouble(v -> v.weight() * nanZero(v.vote())).sum();
        double all = votes.stream()
                .mapToDouble(v -> v.weight() * Math.abs(nanZero(v.vote())))
                .sum();
        assertThat(rules.evaluate(snapshot).score()).isCloseTo(balance / (0.5 + all), within(1e-9));
    }

    @Test
    void refusesToTellAVoteOutOfRange() {
        assertThatIllegalStateException()
                .isThrownBy(() -> fixed(1.5, 0).votes(hourly().build()))
                .withMessageContaining("the rule a");
    }
}
