package io.github.hybridinference.testkit.junit;

import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.testkit.Fault;
import io.github.hybridinference.testkit.standin.Behaviour;
import io.github.hybridinference.testkit.standin.RequestInfo;
import io.github.hybridinference.testkit.standin.StandIn;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A simulated model behind DeepSeek's API on loopback, for the time of a test class.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final StandInExtension model = StandInExtension.create();
 *
 * @Test
 * void holdsWhenTheModelIsOverloaded() {
 *     model.always(Fault.OVERLOADED);
 *     ...
 *     assertThat(model.requests()).hasSize(3);
 * }
 * }</pre>
 *
 * <p>Give {@link #baseUrl()} to {@code DeepSeek.builder().endpoint(..)}. In a static field it runs from the first use to the
 * end of the class, at one address; in an instance field for one test. With {@code @ExtendWith(StandInExtension.class)} tests
 * take it as a parameter. Before each test it forgets requests and what was told to it, so tests that share it do not run in
 * parallel with each other. Thread-safe.
 * @since 0.1.0
 */
public final class StandInExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final Deque<Behaviour> script = new ArrayDeque<>();
    private final List<RequestInfo> requests = new ArrayList<>();
    private Behaviour otherwise = Behaviour.answer();
    private Duration latency = Duration.ZERO;
    private int classes;
    private @Nullable StandIn running;

    /** For {@code @ExtendWith}; elsewhere {@link #create()} reads better. */
    public StandInExtension() {}

    /**
     * Makes an extension for a field with {@code @RegisterExtension}.
     *
     * @return a stand-in that answers every request at once
     */
    public static StandInExtension create() {
        return new StandInExtension();
    }

    // ---- what it does, until the test is over

    /**
     * Lets the next requests fail, one after the other. Those after them are answered again.
     *
     * @param faults what goes wrong, one a request
     * @return this extension
     */
    public StandInExtension next(Fault... faults) {
        for (Fault fault : faults) {
            next(Behaviour.of(fault));
        }
        return this;
    }

    /**
     * Gives these answers to the next requests, one after the other.
     *
     * @param signals one a request
     * @return this extension
     */
    public StandInExtension next(TradingSignal... signals) {
        for (TradingSignal signal : signals) {
            next(Behaviour.signal(signal));
        }
        return this;
    }

    /**
     * Treats the next requests so, one after the other.
     *
     * @param behaviours one a request
     * @return this extension
     */
    public synchronized StandInExtension next(Behaviour... behaviours) {
        script.addAll(List.of(behaviours));
        return this;
    }

    /**
     * Lets all requests fail that {@code next} says nothing about.
     *
     * @param fault what goes wrong
     * @return this extension
     */
    public StandInExtension always(Fault fault) {
        return always(Behaviour.of(fault));
    }

    /**
     * Gives this answer to all requests that {@code next} says nothing about.
     *
     * @param signal the answer
     * @return this extension
     */
    public StandInExtension always(TradingSignal signal) {
        return always(Behaviour.signal(signal));
    }

    /**
     * Treats all requests so that {@code next} says nothing about.
     *
     * @param behaviour what it does
     * @return this extension
     */
    public synchronized StandInExtension always(Behaviour behaviour) {
        otherwise = Objects.requireNonNull(behaviour, "behaviour");
        return this;
    }

    /**
     * Delays whatever it does.
     *
     * @param delay real time before each request is handled, not negative
     * @return this extension
     * @throws IllegalArgumentException if it is negative
     */
    public synchronized StandInExtension latency(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a latency is not negative");
        }
        latency = delay;
        return this;
    }

    /** Forgets the requests and what was told to it, as before each test. */
    public synchronized void reset() {
        script.clear();
        requests.clear();
        otherwise = Behaviour.answer();
        latency = Duration.ZERO;
    }

    // ---- what there is to see

    /**
     * Returns where it listens, and starts it if need be.
     *
     * @return {@code http://127.0.0.1:port}, without a slash at the end
     */
    public synchronized URI baseUrl() {
        return start().baseUrl();
    }

    /**
     * Returns the chat completion calls of this test.
     *
     * @return the well-formed ones in the order of arrival, retries included; their headers hold the caller's token
     */
    public synchronized List<RequestInfo> requests() {
        return List.copyOf(requests);
    }

    // ---- JUnit

    @Override
    public synchronized void beforeAll(ExtensionContext context) {
        classes++;
        start();
    }

    @Override
    public synchronized void beforeEach(ExtensionContext context) {
        start();
        reset();
    }

    /** Ends the stand-in of an instance field, of which no class was announced. */
    @Override
    public synchronized void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        }
    }

    /** Nested classes announce themselves too, and so do those that inherit the field: the last one ends it. */
    @Override
    public synchronized void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == StandInExtension.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return this;
    }

    private StandIn start() {
        StandIn known = running;
        if (known == null) {
            known = StandIn.builder().script(this::behaviourOf).start();
            running = known;
        }
        return known;
    }

    private void stop() {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** On the stand-in's thread. */
    private synchronized Behaviour behaviourOf(RequestInfo request) {
        requests.add(request);
        Behaviour next = script.isEmpty() ? otherwise : script.remove();
        return latency.isZero() ? next : next.after(latency);
    }
}
