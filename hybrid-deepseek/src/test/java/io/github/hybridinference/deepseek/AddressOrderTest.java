package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressOrderTest {
    private static final InetAddress V4_A = v4(1);
    private static final InetAddress V4_B = v4(2);
    private static final InetAddress V4_C = v4(3);
    private static final InetAddress V6_A = v6(1);
    private static final InetAddress V6_B = v6(2);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow at any time
    private final AddressOrder order = new AddressOrder(nanos::get);

    @Test
    void interleavesTheFamiliesBeginningWithTheFirst() {
        assertThat(order.of(List.of(V6_A, V6_B, V4_A, V4_B, V4_C))).containsExactly(V6_A, V4_A, V6_B, V4_B, V4_C);
        assertThat(order.of(List.of(V4_A, V4_B, V4_C, V6_A))).containsExactly(V4_A, V6_A, V4_B, V4_C);
        assertThat(order.of(List.of(V4_A, V4_B))).containsExactly(V4_A, V4_B);
    }

    @Test
    void putsAddressesThatFailedLastTheLatestAtTheEnd() {
        order.failed(V6_A);
        order.failed(V4_A);

        assertThat(order.of(List.of(V6_A, V4_A, V6_B, V4_B))).containsExactly(V6_B, V4_B, V6_A, V4_A);

        order.failed(V6_A);
        assertThat(order.of(List.of(V6_A, V4_A, V6_B, V4_B))).containsExactly(V6_B, V4_B, V4_A, V6_A);
    }

    @Test
    void forgetsAFailureWhenTheAddressWorks() {
        order.failed(V4_A);
        order.worked(V4_A);

        assertThat(order.of(List.of(V4_A, V4_B))).containsExactly(V4_A, V4_B);
    }

    @Test
    void forgetsAFailureAfterFiveMinutes() {
        order.failed(V4_A);

        nanos.addAndGet(Duration.ofMinutes(5).toNanos() - 1);
        assertThat(order.of(List.of(V4_A, V4_B))).containsExactly(V4_B, V4_A);
        nanos.incrementAndGet();
        assertThat(order.of(List.of(V4_A, V4_B))).containsExactly(V4_A, V4_B);
    }

    @Test
    void remembersABoundedNumberOfFailures() {
        List<InetAddress> all = new ArrayList<>();
        for (int i = 0; i <= AddressOrder.MOST_REMEMBERED; i++) {
            all.add(v4(i));
            order.failed(v4(i));
        }

        assertThat(order.of(all)).first().isEqualTo(v4(0)); // the earliest failure is forgotten
        assertThat(order.of(all)).element(1).isEqualTo(v4(1));
        assertThat(order.of(List.of(v4(1), V6_A))).containsExactly(V6_A, v4(1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsEveryAddressOnceAndTheFailedOnesBehindTheRest(long seed) {
        Random random = new Random(seed);
        List<InetAddress> known = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            known.add(v4(i));
            known.add(v6(i));
        }
        Set<InetAddress> bad = new HashSet<>();
        for (int round = 0; round < 200; round++) {
            InetAddress address = known.get(random.nextInt(known.size()));
            if (random.nextBoolean()) {
                order.failed(address);
                bad.add(address);
            } else {
                order.worked(address);
                bad.remove(address);
            }
            List<InetAddress> found = new ArrayList<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                found.add(known.get(random.nextInt(known.size())));
            }

            List<InetAddress> ordered = order.of(found);

            assertThat(ordered).doesNotHaveDuplicates().hasSameElementsAs(found);
            List<Boolean> isBad = ordered.stream().map(bad::contains).toList();
            assertThat(isBad).isSorted();
            assertFamiliesAlternateAsLongAsBothRemain(ordered.subList(0, Collections.frequency(isBad, false)));
        }
    }

    private static void assertFamiliesAlternateAsLongAsBothRemain(List<InetAddress> ordered) {
        for (int i = 1; i < ordered.size(); i++) {
            boolean same = isV6(ordered.get(i)) == isV6(ordered.get(i - 1));
            boolean otherRemains = false;
            for (InetAddress later : ordered.subList(i, ordered.size())) {
                otherRemains |= isV6(later) != isV6(ordered.get(i - 1));
            }
            assertThat(same && otherRemains).isFalse();
        }
    }

    private static boolean isV6(InetAddress address) {
        return address.getAddress().length == 16;
    }

    private static InetAddress v4(int last) {
        return address(new byte[] {(byte) 192, 0, 2, (byte) last});
    }

    private static InetAddress v6(int last) {
        byte[] bytes = new byte[16];
        bytes[0] = 0x20;
        bytes[1] = 0x01;
        bytes[2] = 0x0d;
        bytes[3] = (byte) 0xb8;
        bytes[15] = (byte) last;
        return address(bytes);
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
