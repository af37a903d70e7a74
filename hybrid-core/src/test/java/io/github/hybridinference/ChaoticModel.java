package io.github.hybridinference;

import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.remote.ModelIdentity;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.remote.RemoteRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** A model that answers late, wrongly, never or not at all, at random, on threads of its own; and keeps account of it. */
final class ChaoticModel implements RemoteModel, AutoCloseable {
    static final String THREAD = "chaotic-transport";

    private final ScheduledExecutorService transport =
            Executors.newScheduledThreadPool(2, task -> new Thread(task, THREAD));
    private final Map<CacheKey, CompletableFuture<RemoteReply>> last = new ConcurrentHashMap<>();
    private final CacheKey seed = CacheKey.of("chaos");
    private final Random random = new Random(7);

    final LongAdder attempts = new LongAdder();
    final LongAdder thrown = new LongAdder();
    final Set<String> requests = ConcurrentHashMap.newKeySet();

    /** Exchanges that were still open when the same request was sent again; right only if they were then aborted. */
    final Queue<CompletableFuture<RemoteReply>> overtaken = new ConcurrentLinkedQueue<>();

    volatile boolean healthy;

    @Override
    public ModelIdentity identity() {
        return new ModelIdentity("chaotic-model", "fake-prompt", "");
    }

    @Override
    public OptionalLong worstCostNanoUsd(RemoteRequest request) {
        return OptionalLong.of(2 * Replies.COST);
    }

    @Override
    public CompletableFuture<RemoteReply> ask(RemoteRequest request) {
        attempts.increment();
        requests.add(request.decisionId());
        CompletableFuture<RemoteReply> exchange = new CompletableFuture<>();
        CompletableFuture<RemoteReply> before = last.put(request.snapshot().key(seed), exchange);
        if (before != null && !before.isDone()) {
            overtaken.add(before);
        }
        int fate = healthy ? 99 : random.nextInt(100);
        if (fate < 2) {
            thrown.increment();
            exchange.cancel(false);
            throw new IllegalStateException("of the adapter");
        }
        if (fate >= 4) { // the others hang
            ScheduledFuture<?> unused =
                    transport.schedule(() -> end(exchange, fate), random.nextInt(2_000), TimeUnit.MICROSECONDS);
        }
        return exchange;
    }

    private static void end(CompletableFuture<RemoteReply> exchange, int fate) {
        if (fate < 10) {
            exchange.completeExceptionally(new RemoteException(Reason.UNAVAILABLE));
        } else if (fate < 14) {
            exchange.completeExceptionally(RemoteException.ofStatus(
                    Reason.RATE_LIMITED, 429, Optional.of(Duration.ofMillis(fate)), Optional.empty()));
        } else if (fate < 18) {
            exchange.completeExceptionally(new RemoteException(Reason.STALE_CONNECTION));
        } else if (fate < 22) {
            exchange.complete(Replies.BLANK);
        } else if (fate < 26) {
            exchange.complete(Replies.NONSENSE);
        } else if (fate < 28) {
            exchange.completeExceptionally(new RemoteException(Reason.REJECTED));
        } else {
            exchange.complete(Replies.BUY);
        }
    }

    @Override
    public void close() {
        transport.shutdownNow();
    }
}
