package io.github.hybridinference.examples.service;

import java.util.concurrent.Semaphore;

/** How many inferences may wait for a model at once. */
final class PendingInferences {
    static final int MOST = 256;

    private final Semaphore free = new Semaphore(MOST);

    boolean enter(int inferences) {
        return free.tryAcquire(inferences);
    }

    void leave(int inferences) {
        free.release(inferences);
    }

    int count() {
        return MOST - free.availablePermits();
    }
}
