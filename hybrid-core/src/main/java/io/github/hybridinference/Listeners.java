package io.github.hybridinference;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tells the listeners, and shields the path from them. */
final class Listeners {
    private record Guarded(InferenceListener listener, AtomicBoolean complained) {}

    private final Guarded[] all;
    private final RateLimitedLog log;

    Listeners(List<InferenceListener> listeners, RateLimitedLog log) {
        this.all = new Guarded[listeners.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Guarded(listeners.get(i), new AtomicBoolean());
        }
        this.log = log;
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    void tell(Consumer<InferenceListener> event) {
        for (Guarded guarded : all) {
            try {
                event.accept(guarded.listener);
            } catch (Exception | StackOverflowError | AssertionError | LinkageError thrown) {
                if (guarded.complained.compareAndSet(false, true)) {
                    log.warn("a listener threw and was ignored; told once: "
                            + guarded.listener.getClass().getName() + ", "
                            + thrown.getClass().getName());
                }
            }
        }
    }
}
