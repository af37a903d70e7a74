package io.github.hybridinference.local;

import static io.github.hybridinference.local.Markets.hourly;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.RuleVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlendedRulesTest {
    private static final LocalRuleModel BULL = always(Action.BUY, 0.8);
    private static final LocalRuleModel BEAR = always(Action.SELL, 0.8);
    private static final LocalRuleModel IDLE = always(Action.HOLD, 0.6);
    private static final LocalRuleModel BLIND = snapshot -> RuleVerdict.noData();

    /** Three strategies whose scores a test writes into the snapshot. */
    private static final Map<String, LocalRuleModel> SCRIPTED = Map.of(
            "a", scripted(Feature.SENTIMENT_SCORE),
            "b", scripted(Feature.ORDER_BOOK_IMBALANCE),
            "c", BULL);

    private static LocalRuleModel always(Action action, double confidence) {
        return snapshot -> RuleVerdict.of(action, confidence, RiskLevel.LOW, action + " always.");
    }

    private static LocalRuleModel scripted(Feature feature) {
        return snapshot -> {
            double score = snapshot.get(feature);
            return Double.isNaN(score)
                    ? RuleVerdict.noData()
                    : RuleVerdict.of(
                            score >= 0 ? Action.BUY : Action.SELL, Math.abs(score), RiskLevel.LOW, "As scripted.");
        };
    }

    private static MarketSnapshot snapshot() {
        return hourly().rsi(50).build();
    }

    @Test
    void hearsAllAlikeBeforeAnyOutcome() {
        assertThat(LocalRuleModel.blend(Map.of("bull", BULL, "bear", BEAR)).weights())
                .containsExactly(Map.entry("bear", 0.5), Map.entry("bull", 0.5));
    }

    @Test
    void answersAsItsOnlyStrategyWould() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("only", LocalRuleModel.standard()));
        for (int seed = 0; seed < 200; seed++) {
            MarketSnapshot market = Markets.Pair.random(seed).market();
            RuleVerdict own = LocalRuleModel.standard().evaluate(market);
            RuleVerdict blended = blend.evaluate(market);
            assertThat(blended.action()).isEqualTo(own.action());
            assertThat(blended.confidence()).isEqualTo(own.confidence());
            assertThat(blended.score()).isEqualTo(own.score());
            assertThat(blended.risk()).isEqualTo(own.risk());
            assertThat(blended.strongestBuy()).isEqualTo(own.strongestBuy());
            assertThat(blended.strongestSell()).isEqualTo(own.strongestSell());
            assertThat(blended.hasData()).isEqualTo(own.hasData());
            blend.learn(market, 1);
        }
    }

    @Test
    void holdsBetweenOppositeStrategiesAndTellsTheClassifierOfTheirQuarrel() {
        RuleVerdict verdict =
                LocalRuleModel.blend(Map.of("bull", BULL, "bear", BEAR)).evaluate(snapshot());
        assertThat(verdict.action()).isEqualTo(Action.HOLD);
        assertThat(verdict.confidence()).isZero();
        assertThat(verdict.strongestBuy()).isEqualTo(0.8, within(1e-6));
        assertThat(verdict.strongestSell()).isEqualTo(0.8, within(1e-6));
    }

    @Test
    void followsTheStrategyThatIsRight() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("bull", BULL, "bear", BEAR, "idle", IDLE));
        for (int i = 0; i < 50; i++) {
            blend.learn(snapshot(), 1);
        }
        assertThat(blend.weights().get("bull")).isGreaterThan(0.95);
        assertThat(blend.weights().get("idle")).isGreaterThan(blend.weights().get("bear"));
        assertThat(blend.weights().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(1, within(1e-12));
        assertThat(blend.outcomes()).isEqualTo(50);
        assertThat(blend.evaluate(snapshot()).action()).isEqualTo(Action.BUY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void losesLittleMoreThanTheBestStrategyWhateverHappens(int kind) {
        int rounds = 2_000;
        BlendedRules blend = LocalRuleModel.blend(SCRIPTED);
        SplittableRandom random = new SplittableRandom(kind);
        double blendLoss = 0;
        double[] losses = new double[3];
        for (int t = 1; t <= rounds; t++) {
            double a = random.nextDouble(-1, 1);
            double b = random.nextDouble(-1, 1);
            MarketSnapshot market = hourly().feature(Feature.SENTIMENT_SCORE, a)
                    .feature(Feature.ORDER_BOOK_IMBALANCE, b)
                    .build();
            double score = blend.evaluate(market).score();
            double outcome = switch (kind) {
                case 0 -> random.nextDouble(-1, 1); // noise
                case 1 -> Math.signum(b); // one is always right
                case 2 -> -Math.signum(score); // the worst that can happen to the blend
                default -> t < rounds / 2 ? Math.signum(a) : -1; // the world changes
            };
            blendLoss += (1 - score * outcome) / 2;
            double[] scores = {a, b, 0.8};
            for (int i = 0; i < 3; i++) {
                losses[i] += (1 - scores[i] * outcome) / 2;
            }
            blend.learn(market, outcome);
            double bound = 2 * Math.sqrt(t / 2.0 * Math.log(3)) + Math.sqrt(Math.log(3) / 8);
            assertThat(blendLoss - Math.min(losses[0], Math.min(losses[1], losses[2])))
                    .isLessThanOrEqualTo(bound);
        }
    }

    @Test
    void neitherHearsNorChargesAStrategyWithoutData() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("bull", BULL, "blind", BLIND));
        RuleVerdict verdict = blend.evaluate(snapshot());
        assertThat(verdict.action()).isEqualTo(Action.BUY);
        assertThat(verdict.score()).isEqualTo(0.8, within(1e-12));
        for (int i = 0; i < 100; i++) {
            blend.learn(snapshot(), -1);
        }
        assertThat(blend.weights().get("blind")).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void hasNoDataAndLearnsNothingWhenNoStrategyHas() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("blind", BLIND));
        blend.learn(snapshot(), 1);
        assertThat(blend.evaluate(snapshot()).hasData()).isFalse();
        assertThat(blend.outcomes()).isZero();
    }

    @Test
    void isLessSureOfDoingNothingTheLessItHears() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("idle", IDLE, "blind", BLIND));
        assertThat(blend.evaluate(snapshot()).confidence()).isEqualTo(0.3, within(1e-12));
    }

    @Test
    void keepsHearingAStrategyThatHasLostEverythingWhenItIsTheOnlyOneWithData() {
        BlendedRules blend =
                LocalRuleModel.blend(Map.of("a", scripted(Feature.SENTIMENT_SCORE), "b", always(Action.BUY, 1)));
        MarketSnapshot wrong = hourly().feature(Feature.SENTIMENT_SCORE, -1).build();
        for (int i = 0; i < 3_000; i++) {
            blend.learn(wrong, 1);
        }
        assertThat(blend.weights().get("a")).isPositive();
    }

    @Test
    void explainsAVerdictByTheWeightsItWasGivenWith() {
        BlendedRules blend = LocalRuleModel.blend(Map.of("bull", BULL, "bear", BEAR));
        RuleVerdict before = blend.evaluate(snapshot());
        blend.learn(snapshot(), 1);
        assertThat(before.signal().reasoning()).isEqualTo("bear (50 %): SELL always. bull (50 %): BUY always.");
        assertThat(blend.evaluate(snapshot()).signal().reasoning()).doesNotContain("50 %");
    }

    @Test
    void losesNoOutcomeWhenManyLearnAtOnce() {
        BlendedRules together = LocalRuleModel.blend(SCRIPTED);
        BlendedRules inTurn = LocalRuleModel.blend(SCRIPTED);
        MarketSnapshot market = hourly().feature(Feature.SENTIMENT_SCORE, 0.5)
                .feature(Feature.ORDER_BOOK_IMBALANCE, -0.5)
                .build();
        IntStream.range(0, 4_000).parallel().forEach(i -> together.learn(market, 0.5));
        IntStream.range(0, 4_000).forEach(i -> inTurn.learn(market, 0.5));
        assertThat(together.outcomes()).isEqualTo(4_000);
        assertThat(together.weights()).isEqualTo(inTurn.weights());
    }

    @Test
    void givesTheSameWeightsInWhateverOrderTheStrategiesCome() {
        List<Map<String, Double>> seen = new ArrayList<>();
        for (Map<String, LocalRuleModel> order :
                List.of(Map.of("a", BULL, "b", BEAR, "c", IDLE), Map.of("c", IDLE, "b", BEAR, "a", BULL))) {
            BlendedRules blend = LocalRuleModel.blend(order);
            blend.learn(snapshot(), 0.3);
            seen.add(blend.weights());
        }
        assertThat(seen.get(0)).isEqualTo(seen.get(1));
    }

    @Test
    void refusesAnEmptyBlendAndAnOutcomeOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> LocalRuleModel.blend(Map.of()));
        BlendedRules blend = LocalRuleModel.blend(Map.of("bull", BULL));
        for (double outcome : new double[] {1.01, -1.01, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> blend.learn(snapshot(), outcome));
        }
    }
}
