package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Action;
import io.github.hybridinference.model.AnonymizedSnapshot;
import io.github.hybridinference.model.Feature;
import io.github.hybridinference.model.FeatureFamily;
import io.github.hybridinference.model.Resolution;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.model.TradingSignal;
import io.github.hybridinference.remote.RemoteReply;
import io.github.hybridinference.reply.ReplyCorpus.Entry;
import io.github.hybridinference.reply.ReplyVerifier.Accepted;
import io.github.hybridinference.reply.ReplyVerifier.Verification;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Throws made-up replies at the verifier. Each run of {@code mvn verify} takes the same few thousand;
 * {@code -Dfuzz.seconds=120} goes on for that long, and the seed of a failure is in its message.
 */
final class ReplyFuzzTest {
    private static final long FUZZ_SECONDS = Long.getLong("fuzz.seconds", 0);
    private static final int ROUNDS = 20_000;
    private static final int LONGEST_SEED_TEXT = 2_000;

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\",
            ",",
            ":",
            " ",
            "\n",
            "<think>",
            "</think>",
            "```",
            "```json\n",
            "<",
            "/",
            "\u0000",
            "\ud800",
            "\udc00",
            "\ud83d\ude00",
            "\u202e",
            "\u200b",
            "\ufeff",
            "\u2028",
            "８１",
            "NaN",
            "Infinity",
            "1e999",
            "-",
            "+",
            ".",
            "%",
            "0",
            "81",
            "27.4",
            "null",
            "true",
            "\"action\"",
            "\"confidence\"",
            "\"risk\"",
            "\"stop_loss_pct\"",
            "\"take_profit_pct\"",
            "\"reasoning\"",
            "BUY",
            "SELL",
            "HOLD",
            "买入",
            "低",
            "low",
            "RSI",
            "rsi_14",
            "RSI(14)",
            "(",
            ")",
            " is ",
            " at ",
            "为",
            "=",
            "MACD",
            "volume",
            "x",
            "Fear & Greed",
            "%B",
            "if ",
            "below ",
            "4h",
            "when",
            "1.9x",
            "/100",
            "-0.2%",
            "ADX",
            "stoch",
            "my_alpha",
            "&",
            "_",
            "（",
            "）",
            "é");

    private final ReplyVerifier verifier = ReplyVerifier.standard();
    private final List<String> corpus = ReplyCorpus.all().stream()
            .map(Entry::reply)
            .map(RemoteReply::text)
            .filter(text -> text.length() < LONGEST_SEED_TEXT)
            .toList();

    @Test
    void acceptsOnlyWhatIsInRangeAndNeverThrows() {
        long end = System.nanoTime() + FUZZ_SECONDS * 1_000_000_000;
        long seed = 0;
        do {
            for (int i = 0; i < ROUNDS; i++) {
                check(seed++);
            }
        } while (FUZZ_SECONDS > 0 && System.nanoTime() < end);
    }

    private void check(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String text = text(random);
        AnonymizedSnapshot sent = random.nextBoolean() ? ReplyCorpus.SENT : snapshot(random);
        Verification verification;
        try {
            verification = verifier.verify(ReplyCorpus.reply(text), sent);
        } catch (RuntimeException | Error thrown) {
            throw new AssertionError("seed " + seed, thrown);
        }
        if (verification instanceof Accepted accepted) {
            assertKeepsTheRules(accepted.signal(), seed);
            assertThat(text).as("seed %d", seed).contains("{", "}");
        }
    }

    private static void assertKeepsTheRules(TradingSignal signal, long seed) {
        String commentary = signal.commentary();
        assertThat(commentary).as("seed %d", seed).hasSizeLessThanOrEqualTo(500);
        assertThat(commentary.codePoints().map(Character::getType))
                .as("seed %d", seed)
                .doesNotContain(
                        (int) Character.CONTROL,
                        (int) Character.FORMAT,
                        (int) Character.SURROGATE,
                        (int) Character.LINE_SEPARATOR,
                        (int) Character.PARAGRAPH_SEPARATOR);
        boolean mayLeaveOut = signal.action() == Action.HOLD;
        assertThat(signal.confidence()).as("seed %d", seed).isBetween(mayLeaveOut ? 0 : Double.MIN_VALUE, 1.0);
        assertThat(mayLeaveOut
                        || (signal.stopLossPct().isPresent()
                                && signal.takeProfitPct().isPresent()))
                .as("seed %d", seed)
                .isTrue();
    }

    private String text(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> pieces(random, 1 + random.nextInt(60));
            case 1 -> ReplyCorpus.saying(pieces(random, 1 + random.nextInt(40)));
            case 2 -> ReplyCorpus.object(Map.of(pick(random, FIELDS), pieces(random, 1 + random.nextInt(3))));
            default -> mutated(random, pick(random, corpus));
        };
    }

    private static final List<String> FIELDS =
            List.of("action", "confidence", "risk", "stop_loss_pct", "take_profit_pct", "reasoning", "note");

    private static String pieces(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(random.nextInt(20) == 0 ? (char) random.nextInt(0x10000) + "" : pick(random, PIECES));
        }
        return text.toString();
    }

    private static String mutated(SplittableRandom random, String original) {
        StringBuilder text = new StringBuilder(original);
        for (int i = random.nextInt(4); i >= 0; i--) {
            int from = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), from + random.nextInt(6));
            switch (random.nextInt(3)) {
                case 0 -> text.delete(from, to);
                case 1 -> text.insert(from, pick(random, PIECES));
                default -> text.replace(from, to, pick(random, PIECES));
            }
        }
        return text.toString();
    }

    private static AnonymizedSnapshot snapshot(SplittableRandom random) {
        AnonymizedSnapshot.Builder builder = AnonymizedSnapshot.builder(
                pick(random, List.of(Timeframe.values())), pick(random, List.of(Resolution.values())));
        for (int i = random.nextInt(30); i > 0; i--) {
            FeatureFamily family = pick(random, Feature.catalogue());
            if (family.mayLeave()) {
                String name = family.pattern()
                        .replaceAll("\\[_\\{timeframe\\}\\]|\\[_\\{n\\}\\]", "")
                        .replace("{n}", String.valueOf(family.defaultPeriod()));
                builder.putIfFree(
                        Feature.of(name), family.low() + random.nextDouble() * (family.high() - family.low()));
            }
        }
        return builder.build();
    }

    private static <T> T pick(SplittableRandom random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
