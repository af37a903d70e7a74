package io.github.hybridinference.privacy;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import io.github.hybridinference.testing.FakeModel;
import java.util.List;
import java.util.stream.IntStream;

/** Models for the tests of what they are told. */
final class Models {
    private Models() {}

    static RemoteReply reply(String text) {
        return new RemoteReply(text, RemoteReply.Finish.STOP, Usage.NONE, "model-1");
    }

    static RemoteReply goodReply() {
        return reply(
                "{\"action\":\"BUY\",\"confidence\":0.6,\"risk\":\"low\",\"stop_loss_pct\":1,\"take_profit_pct\":2,"
                        + "\"reasoning\":\"It says so.\"}");
    }

    static FakeModel answering() {
        return new FakeModel("model").always(exchange -> exchange.reply(goodReply()));
    }

    /** All that a model was told. */
    static List<RemoteRequest> questionsTo(FakeModel model) {
        return IntStream.range(0, model.attempts())
                .mapToObj(index -> model.exchange(index).request())
                .toList();
    }
}
