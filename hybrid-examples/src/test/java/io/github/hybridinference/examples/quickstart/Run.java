package io.github.hybridinference.examples.quickstart;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.remote.RemoteModel;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** One run of the quick start inside this process, away from the terminal and the environment. */
record Run(int code, String out, String err) {

    static final String KEY = "not-a-real-key";

    static Run of(String... args) {
        return run(Map.of(), args, () -> {
            throw new AssertionError("a test must not call the real service");
        });
    }

    /** With a key in the environment, and this in place of the real service. */
    static Run withKey(Supplier<? extends RemoteModel> service, String... args) {
        return run(Map.of("DEEPSEEK_API_KEY", KEY), args, service);
    }

    private static Run run(Map<String, String> environment, String[] args, Supplier<? extends RemoteModel> service) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandContext context = new CommandContext(
                InputStream.nullInputStream(),
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                environment,
                System::nanoTime);
        int code = QuickStart.run(context, client -> service.get(), args);
        return new Run(code, out.toString(), err.toString());
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
