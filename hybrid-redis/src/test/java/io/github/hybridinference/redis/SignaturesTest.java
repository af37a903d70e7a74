package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SignaturesTest {
    private static final String ONE = "one secret of a fleet, thirty-two bytes or more";
    private static final String TWO = "two secrets of a fleet, thirty-two bytes or more";

    /** "content" under the key "name", computed by another program. */
    private static final String FROZEN = "5301" + "f8c3bedccbdc38387f99fa0a1fa23bb4" + "636f6e74656e74";

    private final Signatures signatures = new Signatures(ONE, null);

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    private static byte[] bytes(Random random, int longest) {
        byte[] bytes = new byte[random.nextInt(longest + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void opensWhatItSignedAndNothingElse(long seed) {
        Random random = new Random(seed);
        byte[] name = bytes(random, 80);
        byte[] content = bytes(random, 700);
        byte[] signed = signatures.sign(name, content);

        assertThat(signatures.open(name, signed)).contains(content);
        for (int i = 0; i < 50; i++) {
            byte[] other = changed(random, name, signed);
            if (!Arrays.equals(other, signed)) {
                assertThat(signatures.open(name, other)).isEmpty();
            }
            byte[] otherName = changed(random, signed, name);
            if (!Arrays.equals(otherName, name)) {
                assertThat(signatures.open(otherName, signed)).isEmpty();
            }
        }
    }

    /** Some bytes changed, removed, added, exchanged, or taken from elsewhere. */
    private static byte[] changed(Random random, byte[] elsewhere, byte[] value) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : value) {
            bytes.add(b);
        }
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(bytes.size() + 1);
            byte one = elsewhere.length > 0 && random.nextBoolean()
                    ? elsewhere[random.nextInt(elsewhere.length)]
                    : (byte) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> bytes.add(at, one);
                case 1 -> bytes.subList(at, bytes.size()).clear();
                case 2 -> {
                    if (at < bytes.size()) {
                        bytes.set(at, (byte) (bytes.get(at) ^ (1 << random.nextInt(8))));
                    }
                }
                default -> {
                    if (at < bytes.size()) {
                        bytes.add(random.nextInt(bytes.size()), bytes.remove(at));
                    }
                }
            }
        }
        byte[] result = new byte[bytes.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = bytes.get(i);
        }
        return result;
    }

    @Test
    void aByteOfTheNameIsNoByteOfTheContent() {
        byte[] signed = signatures.sign(RedisKeys.bytes("ab"), RedisKeys.bytes("cd"));
        byte[] shifted = signatures.sign(RedisKeys.bytes("abc"), RedisKeys.bytes("d"));

        assertThat(Arrays.copyOfRange(signed, 2, Signatures.LENGTH))
                .isNotEqualTo(Arrays.copyOfRange(shifted, 2, Signatures.LENGTH));
    }

    @Test
    void keepsItsFormInStone() {
        byte[] signed = signatures.sign(RedisKeys.bytes("name"), RedisKeys.bytes("content"));

        assertThat(HexFormat.of().formatHex(signed)).isEqualTo(FROZEN);
    }

    @Test
    void acceptsBothSecretsWhileOneIsReplaced() {
        byte[] name = RedisKeys.bytes("name");
        byte[] content = RedisKeys.bytes("content");
        Signatures other = new Signatures(TWO, null);
        Signatures both = new Signatures(TWO, ONE);

        assertThat(other.open(name, signatures.sign(name, content))).isEmpty();
        assertThat(both.open(name, signatures.sign(name, content))).contains(content);
        assertThat(other.open(name, both.sign(name, content)))
                .as("the first signs")
                .contains(content);
        assertThat(signatures.open(name, both.sign(name, content))).isEmpty();
    }

    @Test
    void showsNoSecret() {
        assertThat(new Signatures(ONE, TWO)).hasToString("Signatures[2]");
    }
}
