package io.github.hybridinference.testkit.contract;

import io.github.hybridinference.budget.PriceTable;
import io.github.hybridinference.remote.BlockingChatModel;
import io.github.hybridinference.remote.ChatCall;
import io.github.hybridinference.remote.ChatReply;
import io.github.hybridinference.remote.HttpFailures;
import io.github.hybridinference.remote.RemoteModel;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

class BlockingChatModelContractTest extends RemoteModelContract {
    private final Semaphore asked = new Semaphore(0);
    private final Semaphore givenUp = new Semaphore(0);
    private final BlockingChatModel model = BlockingChatModel.builder("some-model", this::reply)
            .prices(PriceTable.perMillionTokens().cachedInput("1").input("2").output("3"))
            .build();
    private volatile Service service = Service.ANSWERS;

    @AfterEach
    void close() {
        model.close();
    }

    @Override
    protected RemoteModel modelOf(Service asWanted) {
        service = asWanted;
        return model;
    }

    @Override
    protected void awaitRequest() throws Exception {
        asked.tryAcquire(30, TimeUnit.SECONDS);
    }

    @Override
    protected boolean awaitGivenUp() throws Exception {
        return givenUp.tryAcquire(10, TimeUnit.SECONDS);
    }

    private ChatReply reply(ChatCall call) throws Exception {
        asked.release();
        return switch (service) {
            case ANSWERS -> ChatReply.of("{}").withTokens(100, 50);
            case HANGS -> {
                try {
                    new CountDownLatch(1).await();
                    throw new IllegalStateException("a client that hangs does not come back");
                } catch (InterruptedException interrupted) {
                    givenUp.release();
                    throw interrupted;
                }
            }
            case FAILS -> throw new IOException("out of order");
            case REFUSES_THE_KEY -> throw HttpFailures.of(401, Map.<String, String>of()::get, Clock.systemUTC());
        };
    }
}
