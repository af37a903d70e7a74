package io.github.hybridinference.lab.proxy;

import io.github.hybridinference.EngineHealth;
import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandRunner;
import io.github.hybridinference.lab.command.ResultLine;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Scenario;
import io.github.hybridinference.model.Source;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.testkit.network.ConnectProxy;
import io.github.hybridinference.testkit.network.PrivateAuthority;
import io.github.hybridinference.testkit.network.TlsFront;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Asks a question as a firm's machine has to: through a proxy that wants a password, to a service whose certificate is
 * signed by the firm's own authority. Everything is made at run time and on loopback.
 *
 * @since 0.1.0
 */
@Command(
        name = "proxy",
        mixinStandardHelpOptions = true,
        description =
                "Asks a question through an authenticating proxy to a TLS service of a private certificate authority,"
                        + " all on loopback, and shows that the proxy sees neither the key nor the question.")
public final class ProxyCommand implements Callable<Integer> {
    /** A name that the proxy alone can look up. */
    private static final String SERVICE = "model.internal";

    private static final String KEY = "the-key-of-this-demonstration";
    private static final String LOGIN = "alice:open-sesame@";

    private final CommandContext context;

    private ProxyCommand(CommandContext context) {
        this.context = context;
    }

    /**
     * Runs it and exits: 0 when everything is as it should be, 1 when it is not.
     *
     * @param args the options; {@code --help} lists them
     */
    public static void main(String[] args) {
        CommandRunner.main(ProxyCommand::new, args);
    }

    static int run(CommandContext context, String... args) {
        return CommandRunner.execute(new ProxyCommand(context), context, args);
    }

    /** What came of a question. */
    private record Outcome(Inference answer, String health) {
        boolean failedBy(FailureCause cause) {
            return answer.source() == Source.FALLBACK && health.contains(cause.sentence());
        }
    }

    @Override
    public Integer call() throws IOException {
        PrivateAuthority authority = new PrivateAuthority();
        Path certificate = Files.createTempFile("authority", ".pem");
        try (StandIn standIn = StandIn.builder().start();
                TlsFront service = TlsFront.start(
                        authority.context(authority.issue(SERVICE)),
                        onLoopback(standIn.baseUrl().getPort()));
                ConnectProxy proxy =
                        ConnectProxy.start("alice", "open-sesame").host(SERVICE + ":443", onLoopback(service.port()))) {
            Files.writeString(certificate, authority.pem());
            return show(standIn, proxy, certificate) ? 0 : 1;
        } finally {
            Files.delete(certificate);
        }
    }

    private boolean show(StandIn standIn, ConnectProxy proxy, Path certificate) {
        context.println("simulated model: the stand-in of DeepSeek's API, as https://%s", SERVICE);
        Outcome withoutLogin = ask(environment(proxy, "", certificate));
        context.println(
                "without user and password: %s, %s", withoutLogin.answer().source(), withoutLogin.health());
        Map<String, String> publicOnly = environment(proxy, LOGIN, certificate);
        publicOnly.remove("DEEPSEEK_TRUST_STORE");
        Outcome withoutAuthority = ask(publicOnly);
        context.println(
                "without the authority: %s, %s", withoutAuthority.answer().source(), withoutAuthority.health());
        boolean nothingYet = standIn.requests() == 0;

        Outcome asked = ask(environment(proxy, LOGIN, certificate));
        Source source = asked.answer().source();
        context.println("with both: %s %s", source, asked.answer().signal());
        boolean through =
                nothingYet && standIn.requests() == 1 && proxy.targets().contains(SERVICE + ":443");
        boolean sawKey = proxy.seen().contains(KEY);
        boolean sawBody =
                proxy.seen().contains("/chat/completions") || proxy.seen().contains("\"messages\"");
        boolean login = withoutLogin.failedBy(FailureCause.PROXY_REFUSED);
        boolean authority = withoutAuthority.failedBy(FailureCause.TLS_UNTRUSTED);
        context.out()
                .println(new ResultLine()
                        .raw("source", "\"" + source + "\"")
                        .raw("through_proxy", String.valueOf(through))
                        .raw("proxy_wants_login", String.valueOf(login))
                        .raw("proxy_saw_key", String.valueOf(sawKey))
                        .raw("proxy_saw_body", String.valueOf(sawBody))
                        .raw("private_ca", String.valueOf(authority)));
        return source == Source.REMOTE && through && login && authority && !sawKey && !sawBody;
    }

    /** As it is set on such a machine. */
    private static Map<String, String> environment(ConnectProxy proxy, String login, Path certificate) {
        Map<String, String> variables = new HashMap<>();
        variables.put("HTTPS_PROXY", "http://" + login + "127.0.0.1:" + proxy.port());
        variables.put("DEEPSEEK_TRUST_STORE", certificate.toString());
        return variables;
    }

    private static Outcome ask(Map<String, String> environment) {
        try (InferenceEngine engine = InferenceEngine.builder()
                .remote(DeepSeek.builder()
                        .endpoint("https://" + SERVICE)
                        .apiKey(KEY)
                        .network(environment)
                        .build())
                .classifier((snapshot, verdict) -> Scenario.complex(Scenario.Reason.CUSTOM))
                .timeout(Duration.ofSeconds(20))
                .maxAttempts(1)
                .ownParts()
                .build()) {
            MarketSnapshot snapshot = MarketSnapshot.builder("BTC-USDT", Timeframe.H1)
                    .rsi(50)
                    .volatilityPct(2)
                    .build();
            Inference answer = engine.infer(snapshot);
            String health = engine.health()
                    .component("deepseek-flash")
                    .map(EngineHealth.Component::detail)
                    .orElse("");
            return new Outcome(answer, health);
        }
    }

    private static InetSocketAddress onLoopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
