package io.github.hybridinference.testkit.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.hybridinference.testkit.Fault;
import io.github.hybridinference.testkit.Signals;
import io.github.hybridinference.testkit.standin.Behaviour;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Runs sample classes as JUnit would, and looks at what became of them and of their stand-ins. */
class StandInExtensionTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Set<URI> ADDRESSES = ConcurrentHashMap.newKeySet();
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        ADDRESSES.clear();
        CALLS.clear();
    }

    @Test
    void runsInAStaticFieldAtOneAddressAndForgetsBetweenTests() {
        assertThat(run(StaticFieldCase.class).succeeded().count()).isEqualTo(3);

        assertThat(ADDRESSES).hasSize(1).allMatch(StandInExtensionTest::isClosed);
    }

    @Test
    void runsInAnInstanceFieldForOneTest() {
        assertThat(run(InstanceFieldCase.class).succeeded().count()).isEqualTo(2);

        assertThat(ADDRESSES).hasSize(2).allMatch(StandInExtensionTest::isClosed);
    }

    @Test
    void isGivenAsAParameter() {
        assertThat(run(ParameterCase.class).succeeded().count()).isEqualTo(1);

        assertThat(ADDRESSES).hasSize(1).allMatch(StandInExtensionTest::isClosed);
    }

    @Test
    void staysUpForNestedClassesAndThoseAfterThem() {
        assertThat(run(OuterCase.class).succeeded().count()).isEqualTo(2);

        assertThat(ADDRESSES).hasSize(1).allMatch(StandInExtensionTest::isClosed);
        assertThat(CALLS).containsExactly("outer", "nested", "after all");
    }

    @Test
    void startsAnewForAClassThatInheritsTheField() {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(FirstHeirCase.class), selectClass(SecondHeirCase.class))
                .execute();

        assertThat(results.testEvents().succeeded().count()).isEqualTo(2);
        assertThat(ADDRESSES).allMatch(StandInExtensionTest::isClosed);
    }

    @Test
    void endsAfterATestThatFails() {
        assertThat(run(FailingCase.class).failed().count()).isEqualTo(1);

        assertThat(ADDRESSES).hasSize(1).allMatch(StandInExtensionTest::isClosed);
    }

    private static Events run(Class<?> sample) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(sample))
                .execute()
                .testEvents();
    }

    private static boolean isClosed(URI address) {
        try {
            ask(address);
            return false;
        } catch (ConnectException refused) {
            return true;
        } catch (IOException other) {
            return false;
        }
    }

    /** The status of a chat completion call and the content of its reply. */
    private static String ask(URI address) throws IOException {
        ADDRESSES.add(address);
        String body = """
                {"model":"deepseek-flash","messages":[{"role":"system","content":"json"},
                {"role":"user","content":"{\\"rsi_14\\":27}"}]}""";
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/chat/completions"))
                .timeout(Duration.ofSeconds(30))
                .header("authorization", "Bearer test")
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    // The names do not end with Test, so that the build does not run them by themselves.

    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class StaticFieldCase {
        @RegisterExtension
        static final StandInExtension model = StandInExtension.create();

        @Test
        @Order(1)
        void playsItsScript() throws IOException {
            model.next(Fault.RATE_LIMITED, Fault.UNPAID).next(Signals.sell(0.7)).always(Fault.OVERLOADED);

            assertThat(ask(model.baseUrl())).startsWith("429");
            assertThat(ask(model.baseUrl())).startsWith("402");
            assertThat(ask(model.baseUrl())).startsWith("200").contains("SELL").contains("0.7");
            assertThat(ask(model.baseUrl())).startsWith("503");
            assertThat(model.requests()).hasSize(4);
            model.next(Fault.HANG, Fault.HANG); // left over, and not to be seen by the next test
            model.latency(Duration.ofHours(1));
        }

        @Test
        @Order(2)
        void hasForgottenTheTestBefore() throws IOException {
            assertThat(model.requests()).isEmpty();
            assertThat(ask(model.baseUrl())).startsWith("200").contains("simulated model");
            assertThat(model.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.body()).contains("rsi_14"));
        }

        @Test
        @Order(3)
        void contradictsWhatWasSent() throws IOException {
            model.always(Fault.CONTRADICTING);

            assertThat(ask(model.baseUrl())).startsWith("200").contains("{\\\"rsi_14\\\":77}");

            model.always(Behaviour.status(418, java.util.Map.of(), "{}"));
            assertThat(ask(model.baseUrl())).startsWith("418");
        }
    }

    static class InstanceFieldCase {
        @RegisterExtension
        final StandInExtension model = StandInExtension.create();

        @Test
        void first() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("200");
        }

        @Test
        void second() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("200");
        }
    }

    @ExtendWith(StandInExtension.class)
    static class ParameterCase {
        @BeforeEach
        void tell(StandInExtension model) {
            model.always(Fault.UNAUTHORIZED);
        }

        @Test
        void isTheOneOfBeforeEach(StandInExtension model) throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("401");
        }
    }

    static class OuterCase {
        @RegisterExtension
        static final StandInExtension model = StandInExtension.create();

        @AfterAll
        static void isStillUp() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("200");
            CALLS.add("after all");
        }

        @Test
        void outer() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("200");
            CALLS.add("outer");
        }

        @Nested
        class Inner {
            @Test
            void nested() throws IOException {
                assertThat(ask(model.baseUrl())).startsWith("200");
                CALLS.add("nested");
            }
        }
    }

    abstract static class BaseCase {
        @RegisterExtension
        static final StandInExtension model = StandInExtension.create();

        @Test
        void answers() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("200");
        }
    }

    static class FirstHeirCase extends BaseCase {}

    static class SecondHeirCase extends BaseCase {}

    static class FailingCase {
        @RegisterExtension
        static final StandInExtension model = StandInExtension.create();

        @Test
        void expectsWhatDoesNotHappen() throws IOException {
            assertThat(ask(model.baseUrl())).startsWith("500");
        }
    }
}
