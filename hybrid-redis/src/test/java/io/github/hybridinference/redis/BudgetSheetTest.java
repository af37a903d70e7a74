package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.hybridinference.redis.RedisFailure.Kind;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is believed of what Redis, or something in its place, replies to a post. */
final class BudgetSheetTest {
    private static final long MOST = (1L << 53) - 1;

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static BudgetSheet.Reply post(Object reply) {
        RedisPort port = (RedisPort) Proxy.newProxyInstance(
                RedisPort.class.getClassLoader(), new Class<?>[] {RedisPort.class}, (self, method, words) -> reply);
        return new BudgetSheet(List.of(text("key"), text("other")), "account", 10)
                .post(port, 1, 0, 0, new long[] {5, 6});
    }

    @Test
    void readsWhatTheSheetSays() {
        assertThat(post(List.of(text("10"), 3L, MOST))).isEqualTo(new BudgetSheet.Reply(true, "10", 3, MOST));
    }

    @Test
    void grantsNothingWhileTheSheetIsSummedUp() {
        assertThat(post(0L)).isEqualTo(new BudgetSheet.Reply(false, "00", 0, 0));
    }

    static Stream<Object> garbage() {
        return Stream.of(
                1L,
                text("10"),
                List.of(),
                List.of(text("10"), 1L),
                List.of(text("1"), 1L, 1L),
                List.of("10", 1L, 1L),
                List.of(text("10"), text("1"), 1L),
                List.of(text("10"), 1L, 1.0),
                List.of(text("10"), -1L, 1L),
                List.of(text("10"), 1L, Long.MIN_VALUE),
                List.of(text("10"), MOST + 1, 1L),
                List.of(text("10"), 1L, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void believesNothingElse(Object reply) {
        assertThatThrownBy(() -> post(reply))
                .isInstanceOfSatisfying(
                        RedisFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.GARBAGE));
    }
}
