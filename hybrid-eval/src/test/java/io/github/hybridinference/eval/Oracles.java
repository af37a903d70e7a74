package io.github.hybridinference.eval;

import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.testing.FakeModel;
import java.util.OptionalLong;
import java.util.function.Function;

/** Models of these tests. */
final class Oracles {
    private static final Usage USAGE = new Usage(0, 500, 60, 0, OptionalLong.of(100_000));

    private Oracles() {}

    /** Says that a move goes on. */
    static FakeModel momentum() {
        return saying(snapshot -> {
            double change = snapshot.get(Feature.PRICE_CHANGE_PCT);
            return change > 0.2 ? "BUY" : change < -0.2 ? "SELL" : "HOLD";
        });
    }

    static FakeModel saying(Function<AnonymizedSnapshot, String> action) {
        return new FakeModel()
                .always(exchange -> exchange.reply(new RemoteReply(
                        "{\"action\":\"" + action.apply(exchange.request().snapshot())
                                + "\",\"confidence\":0.6,\"risk\":\"medium\",\"stop_loss_pct\":1,\"take_profit_pct\":2,"
                                + "\"reasoning\":\"A move goes on.\"}",
                        RemoteReply.Finish.STOP,
                        USAGE,
                        "fake-model")));
    }
}
