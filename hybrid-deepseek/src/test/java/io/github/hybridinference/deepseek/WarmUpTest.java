package io.github.hybridinference.deepseek;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the first caller of a fresh JVM pays; in loaded classes, since times would depend on the machine. */
class WarmUpTest {
    /** Without a warm-up it is almost a thousand. */
    private static final int FEW = 40;

    private static final Pattern FIRST_CALL = Pattern.compile("call1: .* ms, (\\d+) classes\\R");

    @Test
    void leavesNextToNothingToLoadToTheFirstCall() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Replies.ok(Replies.GOOD))) {
            String output = OtherJvm.run(FirstCall.class, List.of("FIRST_CALL_OF=" + server.url()));

            Matcher first = FIRST_CALL.matcher(output);
            assertThat(first.find()).as(output).isTrue();
            assertThat(Integer.parseInt(first.group(1))).as(output).isLessThan(FEW);
            assertThat(output).contains("REMOTE");
        }
    }
}
