package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against figures computed by another implementation of MurmurHash3, so that a fleet of any version agrees. */
class KeyMixerTest {
    private static String digest(CacheKey seed, long... numbers) {
        KeyMixer mixer = new KeyMixer(seed);
        for (int i = 0; i < numbers.length; i += 2) {
            mixer.mix(numbers[i], numbers[i + 1]);
        }
        return mixer.finish().toHex();
    }

    @Test
    void mixesAsTheReferenceDoes() {
        CacheKey seed = new CacheKey(1, 2);
        assertThat(digest(seed)).isEqualTo("e1bc58fcdf452e43b8273034b49183b8");
        assertThat(digest(seed, 3, 4)).isEqualTo("32b2a4263a05690ac742491cf0f4f695");
        assertThat(digest(seed, 3, 4, -5, 6)).isEqualTo("96c011f9a1814773455ae08d618444c6");
        assertThat(digest(new CacheKey(-1, 0), 1L << 40, Integer.MIN_VALUE))
                .isEqualTo("acc54586b5627c4150b128436d2d66d9");
    }

    @Test
    void startsFromHalfASha256OfText() {
        // printf abc | sha256sum
        assertThat(CacheKey.of("abc").toHex()).isEqualTo("ba7816bf8f01cfea414140de5dae2223");
        assertThat(new CacheKey(1, -1).toHex()).isEqualTo("0000000000000001ffffffffffffffff");
    }
}
