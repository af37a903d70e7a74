package io.github.hybridinference.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.InferenceEngine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineRegistryTest {
    private static final Duration KEEP = Duration.ofMinutes(1);

    private final List<Runnable> due = new ArrayList<>();
    private final EngineRegistry registry = new EngineRegistry((delay, action) -> {
        due.add(action);
        return () -> due.remove(action);
    });
    private final List<InferenceEngine> made = new ArrayList<>();
    private final EngineFactory factory = EngineFactory.named("signals", this::make);

    private InferenceEngine make() {
        InferenceEngine engine = InferenceEngine.builder().build();
        made.add(engine);
        return engine;
    }

    @Test
    void subtasksShareAnEngineUntilTheLastHasEndedAndTheGraceIsOver() throws Exception {
        EngineRegistry.Lease one = registry.acquire(factory, KEEP);
        EngineRegistry.Lease other = registry.acquire(EngineFactory.named("signals", this::make), KEEP);
        assertThat(other.engine()).isSameAs(one.engine());

        one.close();
        one.close(); // counted once
        assertThat(due).isEmpty();
        other.close();
        assertThat(due).hasSize(1);
        assertOpen(made.get(0));
        due.get(0).run();
        assertClosed(made.get(0));
        assertThat(due).isEmpty();
        assertThat(registry.acquire(factory, KEEP).engine()).isNotSameAs(made.get(0));
    }

    @Test
    void aRestartWithinTheGraceFindsTheEngine() throws Exception {
        registry.acquire(factory, KEEP).close();
        Runnable closing = due.get(0);
        EngineRegistry.Lease restarted = registry.acquire(factory, KEEP);
        assertThat(due).as("closing is cancelled").isEmpty();
        closing.run(); // the timer was faster
        assertThat(made).hasSize(1);
        assertOpen(restarted.engine());
    }

    @Test
    void aTimerOfAnEarlierEndDoesNotShortenTheGrace() throws Exception {
        registry.acquire(factory, KEEP).close();
        Runnable early = due.get(0);
        registry.acquire(factory, KEEP).close();
        early.run(); // it had begun before it could be cancelled
        assertOpen(made.get(0));
        due.get(0).run();
        assertClosed(made.get(0));
    }

    @Test
    void withoutAGraceItIsClosedWithTheLast() throws Exception {
        registry.acquire(factory, Duration.ZERO).close();
        assertClosed(made.get(0));
    }

    @Test
    void anotherNameIsAnotherEngine() throws Exception {
        InferenceEngine one = registry.acquire(factory, KEEP).engine();
        assertThat(registry.acquire(EngineFactory.named("others", this::make), KEEP)
                        .engine())
                .isNotSameAs(one);
    }

    @Test
    void codeOfAnotherClassLoaderHasAnEngineOfItsOwnWhichEndsWithTheLoader() throws Exception {
        InferenceEngine own = registry.acquire(factory, KEEP).engine();
        try (URLClassLoader job = new URLClassLoader(new URL[0], getClass().getClassLoader())) {
            EngineFactory ofJob = EngineFactory.named("signals", (EngineFactory.Maker) Proxy.newProxyInstance(
                    job, new Class<?>[] {EngineFactory.Maker.class, Marker.class}, (proxy, method, args) -> make()));
            EngineRegistry.Lease lease = registry.acquire(ofJob, KEEP);
            assertThat(lease.engine()).isNotSameAs(own);

            registry.loaderReleased(ofJob);
            assertClosed(lease.engine());
            lease.close();
            assertThat(due).as("nothing is left to close").isEmpty();
        }
        assertOpen(own);
    }

    /** A proxy class is defined by the loader that is named if all its interfaces are public. */
    public interface Marker {}

    @Test
    void anEngineThatCannotBeMadeIsTriedAgain() throws Exception {
        List<String> attempts = new ArrayList<>();
        EngineFactory failing = EngineFactory.named("failing", () -> {
            attempts.add("one");
            throw new IOException("no connection");
        });
        assertThatThrownBy(() -> registry.acquire(failing, KEEP)).hasMessage("no connection");
        assertThatThrownBy(() -> registry.acquire(failing, KEEP)).hasMessage("no connection");
        assertThat(attempts).hasSize(2);
    }

    private static void assertOpen(InferenceEngine engine) {
        assertThat(engine.infer(Questions.numbered(1))).isNotNull();
    }

    private static void assertClosed(InferenceEngine engine) {
        assertThatIllegalStateException().isThrownBy(() -> engine.infer(Questions.numbered(1)));
    }
}
