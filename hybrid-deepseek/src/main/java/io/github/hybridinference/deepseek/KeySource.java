package io.github.hybridinference.deepseek;

import io.github.hybridinference.model.FatalErrors;
import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the key of each request comes from: none, always the same, or a supplier that is asked for each. A key of a supplier
 * that the service has just refused is not sent again at once: all calls under way fail as the first one did, until the
 * supplier gives another key. Thread-safe.
 */
final class KeySource {
    /** After this time a refused key is sent again, since a service may have been wrong. */
    private static final long REFUSED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** That a service refused a key. */
    private record Refusal(ApiKey key, RemoteException failure, long atNanos) {}

    private final Supplier<? extends @Nullable ApiKey> keys;
    private final boolean mayChange;
    private final LongSupplier nanoClock;
    private volatile @Nullable Refusal refusal;

    private KeySource(Supplier<? extends @Nullable ApiKey> keys, boolean mayChange, LongSupplier nanoClock) {
        this.keys = keys;
        this.mayChange = mayChange;
        this.nanoClock = nanoClock;
    }

    /**
     * Always the same key.
     *
     * @param key null for none
     */
    static KeySource always(@Nullable ApiKey key) {
        return new KeySource(() -> key, false, () -> 0);
    }

    static KeySource from(Supplier<ApiKey> supplier, LongSupplier nanoClock) {
        return new KeySource(supplier, true, nanoClock);
    }

    /**
     * Returns the key of the next request, or null if there is none.
     *
     * @throws RemoteException if the supplier fails, or if the service has just refused the key that it gives
     */
    @Nullable ApiKey next() {
        if (!mayChange) {
            return keys.get();
        }
        ApiKey key = ask();
        Refusal last = refusal;
        if (last != null && isSame(key, last.key) && nanoClock.getAsLong() - last.atNanos < REFUSED_NANOS) {
            throw last.failure;
        }
        return key;
    }

    private ApiKey ask() {
        ApiKey key = null;
        try {
            key = keys.get();
        } catch (Throwable mayHoldTheKey) {
            FatalErrors.rethrowIfFatal(mayHoldTheKey);
        }
        if (key == null) {
            throw RemoteException.beforeSending(Reason.UNAUTHORIZED).because(FailureCause.NO_KEY);
        }
        return key;
    }

    /** Takes note of how a request failed, and says so if another attempt may get another key. */
    RemoteException failed(@Nullable ApiKey sent, RemoteException failure) {
        if (!mayChange || sent == null || failure.status() != 401) {
            return failure;
        }
        RemoteException refused = failure.andKeyMayBeNew();
        refusal = new Refusal(sent, refused, nanoClock.getAsLong());
        return refused;
    }

    private static boolean isSame(ApiKey one, ApiKey other) {
        return one.reveal().equals(other.reveal());
    }

    @Override
    public String toString() {
        return "KeySource";
    }
}
