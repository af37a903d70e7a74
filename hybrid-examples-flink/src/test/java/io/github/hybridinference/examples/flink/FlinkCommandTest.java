package io.github.hybridinference.examples.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandRunner;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FlinkCommandTest {
    private static final String RESULT = "RESULT ";

    private final StringWriter out = new StringWriter();
    private final CommandContext context = new CommandContext(
            InputStream.nullInputStream(),
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            false,
            Map.of(),
            System::nanoTime);

    @Test
    @Tag("long") // half a minute: six processes
    void aTaskManagerThatIsKilledCostsNoAnswerAndAtMostWhatWasInFlight() throws Exception {
        int code = CommandRunner.execute(FlinkCommand.of(context), context, "--symbols", "300", "--bars", "4");
        assertThat(code).as(out.toString()).isZero();

        JsonNode result = new ObjectMapper()
                .readTree(out.toString()
                        .lines()
                        .filter(line -> line.startsWith(RESULT))
                        .findFirst()
                        .orElseThrow()
                        .substring(RESULT.length()));
        assertThat(result.path("answers").asLong()).isEqualTo(1_200);
        assertThat(result.path("lost").asLong()).isZero();
        assertThat(result.path("duplicated").asLong()).isZero();
        assertThat(result.path("restarts").asLong()).isPositive();
        assertThat(result.path("upstream_calls").asLong())
                .isLessThanOrEqualTo(result.path("distinct").asLong()
                        + result.path("in_flight_at_kill").asLong());
        assertThat(result.path("spent_usd").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(result.path("cap_usd").asDouble());
    }

    @Test
    void refusesAShareThatIsNone() {
        assertThat(CommandRunner.execute(FlinkCommand.of(context), context, "--kill-at", "1"))
                .isEqualTo(2);
    }
}
