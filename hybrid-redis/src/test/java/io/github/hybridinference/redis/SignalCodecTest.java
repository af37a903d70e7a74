package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SignalCodecTest {
    private static final CacheKey KEY = CacheKey.of("a question");
    private static final int HEAD = 6;

    /** The answer "why" to the question (1, 2), written before versions were. */
    private static final String BEFORE_VERSIONS =
            "4802b3870b85426d3fe80000000000003ffe666666666666400e66666666666600000199c82cc00000000199c863ae800007612d6d6f64656c0001370003776879";

    static Stream<CachedSignal> entries() {
        Random random = new Random(7);
        return Stream.generate(() -> random(random)).limit(200);
    }

    private static CachedSignal random(Random random) {
        TradingSignal signal = new TradingSignal(
                Action.values()[random.nextInt(3)],
                random.nextDouble(),
                RiskLevel.values()[random.nextInt(3)],
                random.nextBoolean() ? OptionalDouble.of(50 - random.nextDouble(50)) : OptionalDouble.empty(),
                random.nextBoolean() ? OptionalDouble.of(50 - random.nextDouble(50)) : OptionalDouble.empty(),
                text(random, 500));
        long answeredAtMs = random.nextLong(4_000_000_000_000L);
        String model = text(random, 60);
        return new CachedSignal(
                signal,
                model,
                random.nextBoolean() ? "fp_" + text(random, 60) : null,
                random.nextBoolean() ? model : text(random, 60),
                text(random, 20),
                answeredAtMs,
                answeredAtMs + 1 + random.nextInt(604_800_000));
    }

    private static String text(Random random, int longest) {
        return random.ints(random.nextInt(longest + 1), 32, 0x2FFF)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void readsWhatItWrote(CachedSignal entry) {
        byte[] form = SignalCodec.encode(KEY, entry).orElseThrow();

        assertThat(SignalCodec.decode(KEY, form)).contains(entry);
    }

    @Test
    void holdsTheNameOfAModelOnce() {
        byte[] one = SignalCodec.encode(KEY, Entries.answer("one")).orElseThrow();
        byte[] two = SignalCodec.encode(KEY, Entries.answer("two")).orElseThrow();

        CachedSignal first = SignalCodec.decode(KEY, one).orElseThrow();
        CachedSignal second = SignalCodec.decode(KEY, two).orElseThrow();

        assertThat(second.model()).isSameAs(first.model());
        assertThat(second.promptVersion()).isSameAs(first.promptVersion());
    }

    @Test
    void keepsItsFormInStone() {
        byte[] form =
                SignalCodec.encode(new CacheKey(1, 2), Entries.answer("why")).orElseThrow();

        assertThat(form).startsWith('H', 2).hasSize(54 + "a-model".length() + "7".length() + "why".length());
        assertThat(Arrays.copyOfRange(form, 2, 8)).containsExactly(0xB3, 0x87, 0x0B, 0x85, 'B', 'm');
    }

    /** What a node writes that knows nothing of versions, and reads: it takes anything behind the third text for damage. */
    @Test
    void readsTheFormBeforeVersionsAndWritesItWhereThereIsNone() {
        byte[] before = HexFormat.of().parseHex(BEFORE_VERSIONS);

        assertThat(SignalCodec.decode(new CacheKey(1, 2), before)).contains(Entries.answer("why"));
        assertThat(SignalCodec.encode(new CacheKey(1, 2), Entries.answer("why")))
                .contains(before);
    }

    @Test
    void anAnswerWithAVersionIsThatFormAndTwoTextsBehindIt() {
        byte[] before = HexFormat.of().parseHex(BEFORE_VERSIONS);

        byte[] form = SignalCodec.encode(new CacheKey(1, 2), versioned()).orElseThrow();

        assertThat(form).hasSize(before.length + 2 + "a-model".length() + 2 + "fp_1".length());
        assertThat(Arrays.copyOfRange(form, HEAD, before.length))
                .isEqualTo(Arrays.copyOfRange(before, HEAD, before.length));
    }

    private static CachedSignal versioned() {
        CachedSignal plain = Entries.answer("why");
        return new CachedSignal(
                plain.signal(),
                plain.model(),
                "fp_1",
                plain.model(),
                plain.promptVersion(),
                plain.answeredAtMs(),
                plain.validUntilMs());
    }

    @ParameterizedTest
    @MethodSource("plainAndVersioned")
    void isAMissWithAnyByteChanged(CachedSignal entry) {
        byte[] form = SignalCodec.encode(KEY, entry).orElseThrow();

        for (int i = 0; i < form.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = form.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(SignalCodec.decode(KEY, changed)).isEmpty();
            }
        }
    }

    static Stream<CachedSignal> plainAndVersioned() {
        return Stream.of(Entries.answer("RSI 27"), versioned());
    }

    @ParameterizedTest
    @MethodSource("plainAndVersioned")
    void isAMissAtAnyOtherLength(CachedSignal entry) {
        byte[] form = SignalCodec.encode(KEY, entry).orElseThrow();

        for (int length = 0; length < 2 * form.length; length++) {
            if (length != form.length) {
                assertThat(SignalCodec.decode(KEY, Arrays.copyOf(form, length))).isEmpty();
            }
        }
    }

    @Test
    void isAMissUnderAnotherKey() {
        byte[] form = SignalCodec.encode(KEY, Entries.answer("")).orElseThrow();

        assertThat(SignalCodec.decode(CacheKey.of("another question"), form)).isEmpty();
    }

    @Test
    void isAMissForNoise() {
        Random random = new Random(11);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            if (noise.length > 2 && i % 2 == 0) {
                noise[0] = 'H';
                noise[1] = 1;
            }
            assertThat(SignalCodec.decode(KEY, noise)).isEmpty();
        }
    }

    @Test
    void writesNothingThatItWouldNotRead() {
        TradingSignal signal = Entries.answer("").signal();

        assertThat(SignalCodec.encode(KEY, Entries.answer("x".repeat(5_000)))).isEmpty();
        assertThat(SignalCodec.encode(KEY, new CachedSignal(signal, "m", "p", 10, 10)))
                .isEmpty();
        assertThat(SignalCodec.encode(KEY, new CachedSignal(signal, "m", "p", -1, 10)))
                .isEmpty();
        assertThat(SignalCodec.encode(KEY, new CachedSignal(signal, "m", "p", 10, Long.MAX_VALUE)))
                .isEmpty();
        assertThat(SignalCodec.encode(KEY, new CachedSignal(signal, "m", "p", 0, Long.MIN_VALUE)))
                .isEmpty();
    }
}
