package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Evidence;
import io.github.hybridinference.model.RiskLevel;
import io.github.hybridinference.model.TradingSignal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignalCodecTest {
    private static final CacheKey KEY = CacheKey.of("a question");

    /** The answer "why" to the question (1, 2), written before versions were. */
    private static final String BEFORE_VERSIONS =
            "4802b3870b85426d3fe80000000000003ffe666666666666400e66666666666600000199c82cc00000000199c863ae800007612d6d6f64656c0001370003776879";

    /** The answer "why" to the question (1, 2) in the form that is written now. */
    private static final String FROZEN =
            "4802bfac05ee426d3fe80000000000003ffe666666666666400e66666666666600000199c82cc00000000199c863ae800007612d6d6f64656c00013700037768790007612d6d6f64656c000000000000";

    /** The answer "RSI is 27. Up." with a fingerprint to the same question, written before there was evidence. */
    private static final String BEFORE_EVIDENCE =
            "4802e67521ee426d3fe80000000000003ffe666666666666400e66666666666600000199c82cc00000000199c863ae800007612d6d6f64656c000137000e5253492069732032372e2055702e0007612d6d6f64656c000466705f31";

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
                text(random, 500),
                evidence(random),
                random.nextBoolean() ? "Momentum fades; " + "强".repeat(random.nextInt(480)) : text(random, 500));
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

    private static List<Evidence> evidence(Random random) {
        return Stream.of(
                        new Evidence("rsi_14", random.nextInt(100)),
                        new Evidence("macd_hist_pct", random.nextGaussian()))
                .limit(random.nextInt(3))
                .toList();
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

        assertThat(form).startsWith('H', 2).hasSize(62 + 2 * "a-model".length() + "7".length() + "why".length());
        assertThat(HexFormat.of().formatHex(form)).isEqualTo(FROZEN);
    }

    /** Their reasoning is the model's own text: it is shown as such, and without figures that nobody verified. */
    @Test
    void readsTheFormsFromBeforeEvidence() {
        CachedSignal plain = decoded(BEFORE_VERSIONS);
        CachedSignal versioned = decoded(BEFORE_EVIDENCE);

        assertThat(plain.signal().commentary()).isEqualTo("why");
        assertThat(plain.signal().reasoning()).isEqualTo("The model advises BUY without evidence.");
        assertThat(plain.signal().evidence()).isEmpty();
        assertThat(plain.fingerprint()).isNull();
        assertThat(versioned.signal().commentary()).isEqualTo("Up.");
        assertThat(versioned.signal().reasoning()).isEqualTo("The model advises BUY without evidence.");
        assertThat(versioned.fingerprint()).isEqualTo("fp_1");
        assertThat(versioned.signal().confidence()).isEqualTo(0.75);
    }

    private static CachedSignal decoded(String hex) {
        return SignalCodec.decode(new CacheKey(1, 2), HexFormat.of().parseHex(hex))
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsi_14", "rsi_14=", "=27", "rsi_14=27;", "RSI=27", "rsi_14=NaN", "a=1;b=2;c=3"})
    void isAMissWithEvidenceThatIsNone(String evidence) {
        byte[] good = SignalCodec.encode(KEY, withEvidence(new Evidence("x".repeat(evidence.length()), 1)))
                .orElseThrow();
        assertThat(SignalCodec.decode(KEY, good)).isPresent();

        String form = new String(good, StandardCharsets.ISO_8859_1);
        String text = "x".repeat(evidence.length()) + "=1";
        byte[] bad = form.replace((char) text.length() + text, (char) evidence.length() + evidence)
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(bad).putInt(2, SignalCodec.checksum(KEY, bad));

        assertThat(SignalCodec.decode(KEY, bad)).isEmpty();
    }

    private static CachedSignal withEvidence(Evidence... evidence) {
        CachedSignal plain = Entries.answer("why");
        TradingSignal signal = plain.signal();
        return new CachedSignal(
                new TradingSignal(
                        signal.action(),
                        signal.confidence(),
                        signal.risk(),
                        signal.stopLossPct(),
                        signal.takeProfitPct(),
                        signal.reasoning(),
                        List.of(evidence),
                        ""),
                plain.model(),
                plain.promptVersion(),
                plain.answeredAtMs(),
                plain.validUntilMs());
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
