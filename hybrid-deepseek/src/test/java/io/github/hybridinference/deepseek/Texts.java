package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.AssetClass;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.RemoteRequest;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What several tests ask and look for. */
final class Texts {
    /** A key that must not show anywhere. */
    static final String KEY = "sk-canary-4f7a91c2e6b8";

    /** What the service says must not show anywhere either. */
    static final String CANARY = "canary-of-the-service";

    private Texts() {}

    /** What the caller says must not show anywhere, nor arrive at the service. */
    static final List<String> SECRETS =
            List.of("CANARY-SYM", "canary_field", "canary-value", "sk-other", "64123.7", "81726354", "27.98765");

    static AnonymizedSnapshot snapshot() {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .assetClass(AssetClass.CRYPTO)
                .put(Feature.of("macd_hist_pct"), -0.041)
                .put(Feature.RSI_14, 27.4)
                .put(Feature.of("rsi_14_4h"), 41)
                .put(Feature.of("bb_percent_b"), 0.04)
                .put(Feature.VOLATILITY_PCT, 2.13)
                .build();
    }

    /** A situation that goes to the model; each number is another question. */
    static MarketSnapshot market(int number) {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                .rsi(50)
                .volatilityPct(2.1)
                .feature("consecutive_up", number)
                .build();
    }

    /** A question of the caller's that is full of what must not leave. */
    static MarketSnapshot.Builder secretive() {
        return MarketSnapshot.builder("CANARY-SYM", Timeframe.H1)
                .price(64_123.789)
                .volatilityPct(2.1)
                .features(Map.of(
                        "canary_field_account",
                        81_726_354,
                        "api_key",
                        "sk-other-0123456789",
                        "mfi_14",
                        27.987654321,
                        "features",
                        Map.of("note", "canary-value", "rsi_7", "canary-value")));
    }

    /** A throwable with its whole chain. */
    static String of(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    static RemoteRequest question(Duration patience) {
        return new RemoteRequest(snapshot(), Optional.empty(), Deadline.after(patience), "decision-1");
    }

    static RemoteRequest question() {
        return question(Duration.ofSeconds(20));
    }
}
