package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CacheKeyTest {
    private static final CacheKey SEED = CacheKey.of("a model and its prompt");

    @Test
    void digestsTextTheSameInEveryProcess() {
        // the first half of SHA-256("abc")
        assertThat(CacheKey.of("abc").toHex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
    }

    @Test
    void showsLeadingZeros() {
        assertThat(new CacheKey(0, 0xab).toHex()).isEqualTo("000000000000000000000000000000ab");
    }

    @Test
    void tellsAMillionNeighbouringQuestionsApart() {
        // close in every figure, as the snapshots of neighbouring bars are
        int edge = 100;
        long[] halves = new long[edge * edge * edge];
        int next = 0;
        for (int rsi = 0; rsi < edge; rsi++) {
            for (int up = 0; up < edge; up++) {
                for (int down = 0; down < edge; down++) {
                    KeyMixer mixer = new KeyMixer(SEED);
                    mixer.mix(rsi, 17);
                    mixer.mix(up, 18);
                    mixer.mix(down, 19);
                    CacheKey key = mixer.finish();
                    halves[next++] = key.high() ^ Long.rotateLeft(key.low(), 1);
                }
            }
        }
        Arrays.sort(halves);
        for (int i = 1; i < halves.length; i++) {
            assertThat(halves[i]).isNotEqualTo(halves[i - 1]);
        }
    }

    @Test
    void tellsSnapshotsApartByEachOfTheirFigures() {
        AnonymizedSnapshot base = snapshot(50, 2, 4);
        assertThat(snapshot(50, 2, 4).key(SEED)).isEqualTo(base.key(SEED));
        assertThat(snapshot(51, 2, 4).key(SEED)).isNotEqualTo(base.key(SEED));
        assertThat(snapshot(50, 3, 4).key(SEED)).isNotEqualTo(base.key(SEED));
        assertThat(snapshot(50, 4, 2).key(SEED)).isNotEqualTo(base.key(SEED));
        assertThat(base.key(CacheKey.of("another prompt"))).isNotEqualTo(base.key(SEED));
    }

    @Test
    void turnsHalfOfTheBitsWhenOneBitOfTheInputTurns() {
        SplittableRandom random = new SplittableRandom(3);
        int rounds = 400;
        for (int bit = 0; bit < 128; bit++) {
            long turned = 0;
            for (int round = 0; round < rounds; round++) {
                long first = random.nextLong();
                long second = random.nextLong();
                CacheKey before = mixed(first, second);
                CacheKey after =
                        bit < 64 ? mixed(first ^ (1L << bit), second) : mixed(first, second ^ (1L << (bit - 64)));
                turned += Long.bitCount(before.high() ^ after.high()) + Long.bitCount(before.low() ^ after.low());
            }
            assertThat((double) turned / rounds)
                    .as("bits turned by bit %d", bit)
                    .isCloseTo(64, within(2.0));
        }
    }

    @Test
    void spreadsOverAHashTable() {
        int[] buckets = new int[1 << 10];
        int requests = buckets.length * 100;
        for (int i = 0; i < requests; i++) {
            buckets[mixed(i, 0).hashCode() & (buckets.length - 1)]++;
        }
        assertThat(Arrays.stream(buckets).max().orElseThrow()).isLessThan(160);
        assertThat(Arrays.stream(buckets).min().orElseThrow()).isGreaterThan(50);
    }

    private static CacheKey mixed(long first, long second) {
        KeyMixer mixer = new KeyMixer(SEED);
        mixer.mix(first, second);
        return mixer.finish();
    }

    private static AnonymizedSnapshot snapshot(double rsi, double up, double down) {
        return AnonymizedSnapshot.builder(Timeframe.H1, Resolution.COARSE)
                .put(Feature.RSI_14, rsi)
                .put(Feature.of("consecutive_up"), up)
                .put(Feature.of("consecutive_down"), down)
                .build();
    }
}
