package io.github.hybridinference.spring;

import io.github.hybridinference.model.Usage;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A model that replies at once, or fails at once. */
final class ModelInProcess implements RemoteModel, AutoCloseable {
    private static final String REPLY =
            "{\"action\":\"BUY\",\"confidence\":0.5,\"risk\":\"low\",\"stop_loss_pct\":1,\"take_profit_pct\":2,"
                    + "\"reasoning\":\"RSI of 50\"}";

    final AtomicInteger asked = new AtomicInteger();
    volatile boolean isClosed;
    private Runnable warmUp = () -> {};
    private final String name;
    private final boolean fails;

    private ModelInProcess(String name, boolean fails) {
        this.name = name;
        this.fails = fails;
    }

    static ModelInProcess replying(String name) {
        return new ModelInProcess(name, false);
    }

    static ModelInProcess failing(String name) {
        return new ModelInProcess(name, true);
    }

    @Override
    public ModelIdentity identity() {
        return new ModelIdentity(name, "1", "");
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return OptionalLong.of(1_000_000);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        asked.incrementAndGet();
        return fails
                ? CompletableFuture.failedFuture(new RemoteException(RemoteException.Reason.UNAUTHORIZED))
                : CompletableFuture.completedFuture(new RemoteReply(
                        REPLY, RemoteReply.Finish.STOP, new Usage(0, 1, 1, 0, OptionalLong.of(1)), name));
    }

    ModelInProcess whenWarmedUp(Runnable action) {
        warmUp = action;
        return this;
    }

    @Override
    public void warmUp() {
        warmUp.run();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
