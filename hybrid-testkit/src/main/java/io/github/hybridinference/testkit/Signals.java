package io.github.hybridinference.testkit;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.Language;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Signals as a model gives them, without evidence, in one call. Thread-safe.
 *
 * @since 0.1.0
 */
public final class Signals {
    private static final double STOP_PCT = 2;
    private static final double TARGET_PCT = 4;
    private static final String COMMENTARY = "An answer that a test gave.";

    private Signals() {}

    /**
     * Makes a signal to buy, with medium risk, a stop 2 % and a target 4 % away.
     *
     * @param confidence how sure, in (0, 1]
     * @return the signal
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public static TradingSignal buy(double confidence) {
        return of(Action.BUY, confidence);
    }

    /**
     * Makes a signal to sell, with medium risk, a stop 2 % and a target 4 % away.
     *
     * @param confidence how sure, in (0, 1]
     * @return the signal
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public static TradingSignal sell(double confidence) {
        return of(Action.SELL, confidence);
    }

    /**
     * Makes a signal to hold, with medium risk and without stop and target.
     *
     * @param confidence how sure, in [0, 1]
     * @return the signal
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public static TradingSignal hold(double confidence) {
        return of(Action.HOLD, confidence);
    }

    /**
     * Writes the reply of a model that gives this signal, with its evidence, which must have been sent to be believed, and
     * its commentary.
     *
     * @param signal the signal
     * @return the JSON object that {@link io.github.hybridinference.reply.ReplyVerifier#standard()} reads
     */
    public static String replyText(TradingSignal signal) {
        StringBuilder json = new StringBuilder(160)
                .append("{\"action\":\"")
                .append(signal.action())
                .append("\",\"confidence\":")
                .append(signal.confidence())
                .append(",\"risk\":\"")
                .append(signal.risk().name().toLowerCase(Locale.ROOT))
                .append('"');
        signal.stopLossPct()
                .ifPresent(stop -> json.append(",\"stop_loss_pct\":").append(stop));
        signal.takeProfitPct()
                .ifPresent(target -> json.append(",\"take_profit_pct\":").append(target));
        if (!signal.evidence().isEmpty()) {
            json.append(",\"evidence\":{")
                    .append(signal.evidence().stream()
                            .map(figure -> '"' + figure.name() + "\":" + figure.valueText())
                            .collect(Collectors.joining(",")))
                    .append('}');
        }
        json.append(",\"reasoning\":\"");
        JsonStringEncoder.getInstance().quoteAsString(signal.commentary(), json);
        return json.append("\"}").toString();
    }

    private static TradingSignal of(Action action, double confidence) {
        boolean acts = action != Action.HOLD;
        return TradingSignal.ofModel(
                action,
                confidence,
                RiskLevel.MEDIUM,
                acts ? OptionalDouble.of(STOP_PCT) : OptionalDouble.empty(),
                acts ? OptionalDouble.of(TARGET_PCT) : OptionalDouble.empty(),
                List.of(),
                COMMENTARY,
                Language.ENGLISH);
    }
}
