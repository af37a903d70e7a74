package io.github.hybridinference.examples.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** One run of the evaluation inside this process, away from the terminal and the environment. */
record EvaluateRun(int code, String out, String err) {
    private static final String RESULT = "RESULT ";

    static EvaluateRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                Map.of(),
                System::nanoTime);
        int code = Evaluate.run(context, EvaluateRun::realService, args);
        return new EvaluateRun(code, out.toString(), err.toString());
    }

    private static DeepSeek realService() {
        throw new AssertionError("a test must not call the real service");
    }

    JsonNode result() {
        List<String> lines = out.lines().toList();
        String last = lines.get(lines.size() - 1);
        if (!last.startsWith(RESULT)) {
            throw new AssertionError("the last line is no result: " + last + err);
        }
        try {
            return new ObjectMapper().readTree(last.substring(RESULT.length()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
