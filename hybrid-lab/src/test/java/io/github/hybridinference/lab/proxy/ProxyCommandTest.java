package io.github.hybridinference.lab.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.lab.command.CommandContext;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyCommandTest {
    @Test
    void asksThroughTheProxyWhichSeesNothing() {
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out, true);
        CommandContext context =
                new CommandContext(InputStream.nullInputStream(), printer, printer, false, Map.of(), System::nanoTime);

        assertThat(ProxyCommand.run(context)).as(out.toString()).isZero();
        assertThat(out.toString().lines().reduce((first, last) -> last))
                .contains("RESULT {\"source\":\"REMOTE\",\"through_proxy\":true,\"proxy_wants_login\":true,"
                        + "\"proxy_saw_key\":false,\"proxy_saw_body\":false,\"private_ca\":true}");
    }
}
