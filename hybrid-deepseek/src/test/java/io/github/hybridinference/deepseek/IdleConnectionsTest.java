package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdleConnectionsTest {
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private long nanos;
    private final IdleConnections idle = new IdleConnections(loop.eventLoop(), () -> nanos);

    IdleConnectionsTest() {
        loop.freezeTime();
    }

    @AfterEach
    void close() {
        loop.close().syncUninterruptibly();
    }

    @Test
    void closesEachConnectionAfter30Seconds() {
        Idle first = becomesIdle();
        pass(29);
        Idle second = becomesIdle();

        pass(1);
        assertThat(first.isOpen()).isFalse();
        pass(28);
        assertThat(second.isOpen()).isTrue();
        pass(1);
        assertThat(second.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatIsUsedAgainLivesOn() {
        Idle only = becomesIdle();
        pass(20);
        assertThat(idle.take()).isSameAs(only.connection());
        idle.add(only.connection());

        pass(29);
        assertThat(only.isOpen()).isTrue();
        pass(1);
        assertThat(only.isOpen()).isFalse();
    }

    @Test
    void takesTheOneUsedLastAndNoneThatIsClosed() {
        Idle first = becomesIdle();
        Idle second = becomesIdle();
        Idle third = becomesIdle();
        second.connection().close();

        assertThat(idle.take()).isSameAs(third.connection());
        assertThat(idle.take()).isSameAs(first.connection());
        assertThat(idle.take()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void isOpenExactlyAsLongAsItWasIdleForLessThan30Seconds(long seed) {
        Random random = new Random(seed);
        List<Idle> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int step = random.nextInt(12);
            pass(step);
            all.replaceAll(each -> each.after(step));
            assertThat(all).allSatisfy(each -> assertThat(each.isOpen()).isEqualTo(each.seconds() < 30));
            if (random.nextInt(3) == 0) {
                Connection used = idle.take();
                if (used != null) {
                    all.removeIf(each -> each.connection() == used);
                    idle.add(used);
                    all.add(new Idle(used, 0));
                }
            } else if (random.nextBoolean()) {
                all.add(becomesIdle());
            }
            all.removeIf(each -> each.seconds() >= 30);
        }
    }

    /** A connection, and for how many seconds it has been idle. */
    private record Idle(Connection connection, int seconds) {
        boolean isOpen() {
            return connection.isUsable();
        }

        Idle after(int more) {
            return new Idle(connection, seconds + more);
        }
    }

    private Idle becomesIdle() {
        Connection connection = new Connection(new NoOwner(), new EmbeddedChannel(), "host");
        idle.add(connection);
        return new Idle(connection, 0);
    }

    private void pass(int seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        loop.advanceTimeBy(seconds, TimeUnit.SECONDS);
        loop.runScheduledPendingTasks();
    }

    private static final class NoOwner implements Connection.Owner {
        @Override
        public void available(Connection connection) {}

        @Override
        public void closed(Connection connection) {}

        @Override
        public void unfit(LinkageError error) {}
    }
}
