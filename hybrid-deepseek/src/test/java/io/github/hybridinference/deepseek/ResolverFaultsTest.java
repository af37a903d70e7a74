package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.RemoteReply;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A name service that fails in every way it can, and then works again. */
class ResolverFaultsTest {
    enum Fault {
        UNKNOWN_HOST {
            @Override
            InetAddress[] resolve() throws UnknownHostException {
                throw new UnknownHostException(Texts.CANARY);
            }
        },
        RUNTIME_EXCEPTION {
            @Override
            InetAddress[] resolve() {
                throw new IllegalStateException(Texts.CANARY);
            }
        },
        STACK_OVERFLOW {
            @Override
            InetAddress[] resolve() {
                throw new StackOverflowError();
            }
        },
        LINKAGE_ERROR {
            @Override
            InetAddress[] resolve() {
                throw new NoClassDefFoundError(Texts.CANARY);
            }
        },
        NULL {
            @Override
            InetAddress[] resolve() {
                return null;
            }
        },
        NULL_AMONG_THEM {
            @Override
            InetAddress[] resolve() {
                return new InetAddress[] {null};
            }
        },
        NONE {
            @Override
            InetAddress[] resolve() {
                return new InetAddress[0];
            }
        };

        abstract InetAddress[] resolve() throws UnknownHostException;
    }

    @ParameterizedTest
    @EnumSource
    void failsEveryWaitingExchangeAndWorksAgainAfterwards(Fault fault) throws Exception {
        CountDownLatch allAsked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = AddressRaceTest.model(server.port(), host -> {
                    if (calls.incrementAndGet() > 1) {
                        return loopback();
                    }
                    AddressRaceTest.awaitUninterrupted(allAsked);
                    return fault.resolve();
                })) {
            List<CompletableFuture<RemoteReply>> asked = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                asked.add(model.ask(Texts.question(Duration.ofSeconds(10))));
            }
            allAsked.countDown();

            for (CompletableFuture<RemoteReply> each : asked) {
                RemoteException failure = Failures.of(each);
                assertThat(failure.reason()).isEqualTo(Reason.UNAVAILABLE);
                assertThat(failure.mayHaveCostUnseen()).isFalse();
            }
            assertAnswers(model);
        }
    }

    @Test
    void aHungLookUpDelaysLaterQuestionsOnlyShortly() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = AddressRaceTest.model(server.port(), host -> {
                    if (calls.incrementAndGet() == 1) {
                        AddressRaceTest.awaitUninterrupted(over);
                    }
                    return loopback();
                })) {
            RemoteException failure = Failures.of(model.ask(Texts.question(Duration.ofMillis(200))));

            assertThat(failure.reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(failure.mayHaveCostUnseen()).isFalse();
            assertAnswers(model);
        }
    }

    @Test
    void aQuestionDoesNotFailByALookUpThatBeganBeforeIt() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = AddressRaceTest.model(server.port(), host -> {
                    if (calls.incrementAndGet() > 1) {
                        return loopback();
                    }
                    AddressRaceTest.awaitUninterrupted(asked);
                    throw new UnknownHostException();
                })) {
            Failures.of(model.ask(Texts.question(Duration.ofMillis(100))));

            CompletableFuture<RemoteReply> second = model.ask(Texts.question());
            asked.countDown();

            assertThat(second.get(30, TimeUnit.SECONDS).finish()).isEqualTo(RemoteReply.Finish.STOP);
        }
    }

    @Test
    void manyHungLookUpsTakeABoundedNumberOfThreads() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD));
                DeepSeek model = AddressRaceTest.model(server.port(), host -> {
                    calls.incrementAndGet();
                    AddressRaceTest.awaitUninterrupted(over);
                    return loopback();
                })) {
            for (int i = 0; i < 20; i++) {
                assertThat(Failures.of(model.ask(Texts.question(Duration.ofMillis(100))))
                                .reason())
                        .isEqualTo(Reason.TIMEOUT);
            }
            assertThat(calls.get()).isBetween(1, 4);
            over.countDown();

            assertAnswers(model);
        }
    }

    private static void assertAnswers(DeepSeek model) throws Exception {
        assertThat(model.ask(Texts.question(Duration.ofSeconds(20)))
                        .get(30, TimeUnit.SECONDS)
                        .finish())
                .isEqualTo(RemoteReply.Finish.STOP);
    }

    private static InetAddress[] loopback() {
        return new InetAddress[] {BlackHole.loopback(1)};
    }
}
