package io.github.hybridinference.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.reply.ReplyCorpus.Entry;
import io.github.hybridinference.reply.ReplyCorpus.Words;
import io.github.hybridinference.reply.ReplyVerifier.Accepted;
import io.github.hybridinference.reply.ReplyVerifier.Verification;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Counts by kind, and prints, what becomes of the replies of the corpus. */
final class RepliesByKindTest {
    private static final String EVIDENCE = "{\"rsi_14\":27,\"adx_14\":30}";

    /** Written anew, and more coarsely than in the code under test: what is left of false sentences has none of these. */
    private static final Pattern NUMBERS =
            Pattern.compile("\\p{N}|[零二三四五六七八九十百千捌拾]|eight|ninet|fort|thirt|six|hundred|doubl|tripl|twice|half|third");

    private final ReplyVerifier verifier = ReplyVerifier.standard();

    private static final class Count {
        private int lines;
        private int accepted;
        private int wrongAccepts;
        private int falseRejections;
    }

    private static final class WordCount {
        private int lines;
        private int shown;
        private int falseFiguresShown;
    }

    @Test
    void acceptsNothingWrongAndRejectsNothingRight() {
        Map<String, Count> kinds = new TreeMap<>();
        for (Entry entry : ReplyCorpus.all()) {
            Count count = kinds.computeIfAbsent(entry.kind(), kind -> new Count());
            boolean accepted = verifier.verify(entry.reply(), ReplyCorpus.SENT) instanceof Accepted;
            boolean right = entry.expected().contains(" ");
            count.lines++;
            count.accepted += accepted ? 1 : 0;
            count.wrongAccepts += accepted && !right ? 1 : 0;
            count.falseRejections += right && !accepted ? 1 : 0;
        }

        System.out.printf("%-75s %5s %8s %6s %6s%n", "replies", "lines", "accepted", "wrong", "lost");
        kinds.forEach((kind, count) -> System.out.printf(
                "%-75.75s %5d %8d %6d %6d%n",
                kind, count.lines, count.accepted, count.wrongAccepts, count.falseRejections));
        assertThat(kinds.values()).allSatisfy(count -> {
            assertThat(count.wrongAccepts).isZero();
            assertThat(count.falseRejections).isZero();
        });
    }

    @Test
    void showsNoFalseFigureAndLosesNoAnswerToOne() {
        Map<String, WordCount> kinds = new TreeMap<>();
        for (Words words : ReplyCorpus.words()) {
            WordCount count = kinds.computeIfAbsent(words.kind(), kind -> new WordCount());
            String commentary = commentary(words.text());
            count.lines++;
            count.shown += commentary.isEmpty() ? 0 : 1;
            count.falseFiguresShown += words.kind().startsWith("false")
                            && NUMBERS.matcher(commentary.replace("RSI 27", "")).find()
                    ? 1
                    : 0;
            assertThat(commentary).as(words.place()).isEqualTo(words.expected());
        }

        System.out.printf("%-75s %5s %8s %14s%n", "sentences", "lines", "shown", "false figures");
        kinds.forEach((kind, count) ->
                System.out.printf("%-75s %5d %8d %14d%n", kind, count.lines, count.shown, count.falseFiguresShown));
        assertThat(kinds).hasSizeGreaterThan(5);
        assertThat(kinds.values())
                .allSatisfy(count -> assertThat(count.falseFiguresShown).isZero());
    }

    private String commentary(String words) {
        String reply = ReplyCorpus.object(Map.of("reasoning", ReplyCorpus.quoted(words), "evidence", EVIDENCE));
        Verification verification = verifier.verify(ReplyCorpus.reply(reply), ReplyCorpus.SENT);
        assertThat(verification).as(words).isInstanceOf(Accepted.class);
        return ((Accepted) verification).signal().commentary();
    }
}
