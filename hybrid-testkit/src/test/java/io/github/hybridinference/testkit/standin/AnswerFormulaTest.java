package io.github.hybridinference.testkit.standin;

import static io.github.hybridinference.testkit.standin.StandInClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AnswerFormulaTest {

    @Test
    void buysWhatIsOversoldAndSellsWhatIsOverbought() {
        assertThat(answer("{\"rsi_14\":22,\"bb_percent_b\":-0.1}")
                        .path("action")
                        .textValue())
                .isEqualTo("BUY");
        assertThat(answer("{\"rsi_14\":78,\"bb_percent_b\":1.1}").path("action").textValue())
                .isEqualTo("SELL");
        assertThat(answer("{\"rsi_14\":50}").path("action").textValue()).isEqualTo("HOLD");
    }

    @Test
    void quotesTheFiguresThatDecidedAsTheyWereSent() {
        JsonNode answer = answer("{\"macd_pct\":-0.0190,\"rsi_14\":27.40}");
        assertThat(answer.path("evidence")).isEqualTo(json("{\"rsi_14\":27.4,\"macd_pct\":-0.019}"));
        assertThat(answer.path("reasoning").textValue())
                .isEqualTo("simulated model: rsi_14 argues up, macd_pct argues down");
    }

    @Test
    void holdsWithoutFigures() {
        JsonNode answer = answer("no figures here");

        assertThat(answer.path("action").textValue()).isEqualTo("HOLD");
        assertThat(answer.path("confidence").doubleValue()).isEqualTo(0.5);
        assertThat(answer.path("reasoning").textValue()).isEqualTo("simulated model: no figure it knows");
        assertThat(answer.has("evidence")).isFalse();
    }

    @Test
    void findsTheObjectBehindProseBracesAndNesting() {
        assertThat(answer("Set {a, b}; {\"note\":\"none\"} {\"features\":{\"RSI_14_1h\":20}} done")
                        .at("/evidence/rsi_14_1h")
                        .intValue())
                .isEqualTo(20);
    }

    @Test
    void givesPercentFiguresTheirEndingBack() {
        assertThat(answer("1h crypto\n{\"rsi_14\":50,\"%\":{\"macd_hist\":-0.4}}")
                        .at("/evidence/macd_hist_pct")
                        .doubleValue())
                .isEqualTo(-0.4);
    }

    @Test
    void staysInRangeWhateverTheFigures() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2_000; i++) {
            double scale = StrictMath.pow(10, random.nextInt(-3, 7));
            JsonNode answer = answer("{\"rsi_14\":" + random.nextDouble(-scale, scale)
                    + ",\"macd_pct\":" + random.nextDouble(-scale, scale)
                    + ",\"bb_percent_b\":" + random.nextDouble(-scale, scale)
                    + ",\"volume_ratio\":" + random.nextDouble(-scale, scale)
                    + ",\"volatility_pct\":" + random.nextDouble(-scale, scale) + "}");

            assertThat(answer.path("confidence").doubleValue()).isBetween(0.5, 1.0);
            assertThat(answer.path("risk").textValue()).isIn("low", "medium", "high");
            if (!answer.path("action").textValue().equals("HOLD")) {
                assertThat(answer.path("stop_loss_pct").doubleValue()).isBetween(0.3, 20.0);
                assertThat(answer.path("take_profit_pct").doubleValue()).isBetween(0.6, 40.0);
            }
        }
    }

    private static JsonNode answer(String text) {
        return json(AnswerFormula.answer(PromptValues.in(text)));
    }
}
