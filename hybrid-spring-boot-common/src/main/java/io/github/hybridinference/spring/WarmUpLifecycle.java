package io.github.hybridinference.spring;

import io.github.hybridinference.InferenceEngine;
import org.springframework.context.SmartLifecycle;

/** Warms the engine up before the web server takes requests, and so before the application says that it is ready. */
final class WarmUpLifecycle implements SmartLifecycle {
    /** Lower than that of the web server, which is {@code DEFAULT_PHASE - 2048}. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private final InferenceEngine engine;
    private volatile boolean running;

    WarmUpLifecycle(InferenceEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        engine.warmUp();
        running = true;
    }

    /** The engine is closed when its bean is destroyed, which is after the web server has answered its last request. */
    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
