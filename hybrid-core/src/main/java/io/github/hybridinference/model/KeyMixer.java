package io.github.hybridinference.model;

/**
 * The body of MurmurHash3 (x64, 128 bit; Austin Appleby, public domain) over pairs of numbers. It is quick and mixes
 * well. It does not resist an attacker who wants two requests to have the same key, and need not: an attacker who can
 * choose the figures can choose the request.
 */
final class KeyMixer {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private long h1;
    private long h2;
    private long pairs;

    KeyMixer(CacheKey seed) {
        h1 = seed.high();
        h2 = seed.low();
    }

    void mix(long first, long second) {
        h1 ^= Long.rotateLeft(first * C1, 31) * C2;
        h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
        h2 ^= Long.rotateLeft(second * C2, 33) * C1;
        h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        pairs++;
    }

    CacheKey finish() {
        h1 ^= pairs;
        h2 ^= pairs;
        h1 += h2;
        h2 += h1;
        h1 = avalanche(h1);
        h2 = avalanche(h2);
        h1 += h2;
        h2 += h1;
        return new CacheKey(h1, h2);
    }

    private static long avalanche(long half) {
        long mixed = half;
        mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
