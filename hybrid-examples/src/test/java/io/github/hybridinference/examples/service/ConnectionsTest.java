package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.examples.service.Connections.Cause;
import io.github.hybridinference.examples.service.Connections.Phase;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionsTest {
    private long now = Long.MAX_VALUE - 1_000; // the nano clock may overflow
    private final List<Cause> causes = new ArrayList<>();
    private final List<Connection> closed = new ArrayList<>();
    private final Connections connections = new Connections(3, () -> now, causes::add);

    @ParameterizedTest
    @CsvSource({
        "HEADER, 5, HEADER_TIMEOUT",
        "BODY, 10, BODY_TIMEOUT",
        "IDLE, 10, IDLE_TIMEOUT",
        "ANSWER, 75, ANSWER_TIMEOUT"
    })
    void aPhaseMayLastToItsLimitAndNoLonger(Phase phase, int limitS, Cause cause) {
        Connection connection = open();
        connections.enter(connection, phase);

        pass(Duration.ofSeconds(limitS));
        connections.sweep();
        assertThat(closed).isEmpty();
        now++;
        connections.sweep();

        assertThat(closed).containsExactly(connection);
        assertThat(causes).containsExactly(cause);
    }

    @Test
    void theHeaderHasItsTimeFromTheAcceptOnWhateverDripsIn() {
        Connection connection = open(); // bytes are not heard of, only the end of the header is

        pass(Duration.ofSeconds(4));
        connections.sweep();
        pass(Duration.ofSeconds(2));
        connections.sweep();

        assertThat(closed).containsExactly(connection);
        assertThat(causes).containsExactly(Cause.HEADER_TIMEOUT);
    }

    @Test
    void aFreshConnectionIsLeftAloneAlsoWhereTheNanoClockOverflows() {
        open();

        connections.sweep();
        pass(Duration.ofSeconds(1));
        connections.sweep();

        assertThat(closed).isEmpty();
    }

    @Test
    void aNewPhaseHasItsTimeFromItsBeginning() {
        Connection connection = open();
        pass(Duration.ofSeconds(4));
        connections.enter(connection, Phase.BODY);

        pass(Duration.ofSeconds(9));
        connections.sweep();

        assertThat(closed).isEmpty();
    }

    @Test
    void aPhaseThatEndsInItsOwnWayIsEndedOnceAndMayThenBeAnswered() {
        List<String> ended = new ArrayList<>();
        Connection connection = open();
        connections.enter(connection, Phase.BODY, () -> ended.add("refused"));

        pass(Duration.ofSeconds(11));
        connections.sweep();
        connections.sweep();

        assertThat(ended).containsExactly("refused");
        assertThat(causes).containsExactly(Cause.BODY_TIMEOUT);
        assertThat(closed).as("the answer to it is being written").isEmpty();
        pass(Duration.ofSeconds(76));
        connections.sweep();
        assertThat(closed).containsExactly(connection);
    }

    @Test
    void oneMoreThanTheBoundClosesTheOneThatHasBeenSilentForLongest() {
        Connection first = open();
        pass(Duration.ofSeconds(1));
        Connection second = open();
        pass(Duration.ofSeconds(1));
        Connection third = open();
        pass(Duration.ofMillis(1));

        open();
        open();

        assertThat(closed).containsExactly(first, second).doesNotContain(third);
        assertThat(causes).containsExactly(Cause.TOO_MANY, Cause.TOO_MANY);
        assertThat(connections.count()).isEqualTo(3);
    }

    @Test
    void aNewClientIsNotClosedForConnectionsThatHaveLongBeenIdle() {
        Connection idle = open();
        connections.enter(idle, Phase.IDLE);
        Connection body = open();
        connections.enter(body, Phase.BODY);
        pass(Duration.ofSeconds(9));
        Connection fresh = open(); // about to send its header

        open();

        assertThat(closed).hasSize(1).doesNotContain(fresh);
    }

    @Test
    void thoseThatAreBeingAnsweredStayAndTheNewOneGoes() {
        for (int i = 0; i < 3; i++) {
            connections.enter(open(), Phase.ANSWER);
        }
        pass(Duration.ofSeconds(60));

        Connection late = open();

        assertThat(closed).containsExactly(late);
        assertThat(causes).containsExactly(Cause.TOO_MANY);
        assertThat(connections.count()).isEqualTo(3);
    }

    @Test
    void belowTheBoundAndAfterAnEndNothingIsClosed() {
        Connection first = open();
        open();
        connections.onClosed(first);
        connections.enter(first, Phase.IDLE); // late news of one that is gone
        assertThat(connections.count()).isEqualTo(1);

        open();
        open();

        assertThat(closed).isEmpty();
        assertThat(causes).isEmpty();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private Connection open() {
        Connection[] self = new Connection[1];
        EndPoint endPoint = proxy(EndPoint.class, method -> {
            if (method.equals("close")) {
                closed.add(self[0]);
                connections.onClosed(self[0]); // as Jetty does
            }
            return null;
        });
        self[0] = proxy(Connection.class, method -> method.equals("getEndPoint") ? endPoint : null);
        connections.onOpened(self[0]);
        return self[0];
    }

    private interface Answer {
        Object to(String method);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    case "toString" -> type.getSimpleName();
                    default -> answer.to(method.getName());
                }));
    }
}
