package consumer;

import io.github.hybridinference.InferenceEngine;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.model.Inference;
import io.github.hybridinference.model.MarketSnapshot;
import io.github.hybridinference.model.Timeframe;
import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.ta4j.Snapshots;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import redis.embedded.core.ExecutableProvider;

/** What each application here does with the engine: the same, put into each of them by the build. */
final class Answers {
    private static final ZonedDateTime START = ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private Answers() {}

    /** The engine of an application: a model and what a fleet shares. */
    static InferenceEngine engine(String endpoint, String redis) {
        return InferenceEngine.builder()
                .remote(DeepSeek.builder().endpoint(endpoint).apiKey("none").build())
                .cache(SignalCache.tiered(SignalCache.inMemory(1_000), RedisSignalCache.connect(redis)))
                .timeout(Duration.ofSeconds(20))
                .remoteTimeout(Duration.ofSeconds(20))
                .ownParts()
                .build();
    }

    /**
     * Gets an answer of each kind, and prints where they came from, with the versions of the libraries.
     *
     * @param redis the address that the engine was given
     */
    static void print(String application, InferenceEngine engine, String redis) {
        String local = source(engine.infer(simple()));
        String remote = source(engine.infer(complex()));
        String cache = source(engine.infer(complex()));
        String series = source(engine.infer(Snapshots.of(series())));
        System.out.println("{\"application\":\"" + application + "\",\"local\":\"" + local + "\",\"remote\":\"" + remote
                + "\",\"cache\":\"" + cache + "\",\"shared\":\"" + shared(redis)
                + "\",\"ta4j\":\"" + series
                + "\",\"java\":\"" + System.getProperty("java.version")
                + version("netty", "io.netty", "netty-common")
                + version("jedis", "redis.clients", "jedis")
                + version("jackson", "com.fasterxml.jackson.core", "jackson-core")
                + version("slf4j", "org.slf4j", "slf4j-api") + "\"}");
    }

    /** What a second process of the fleet gets, whose model is away: only the answer of the first one can be the model's. */
    private static String shared(String redis) {
        try (InferenceEngine second = engine("http://127.0.0.1:9", redis)) {
            String source = "";
            for (int i = 0; i < 50 && !source.equals("CACHE"); i++) {
                source = source(second.infer(complex()));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100)); // an answer is written behind
            }
            return source;
        }
    }

    private static String source(Inference answer) {
        return answer.source()
                + answer.degradation().map(why -> " " + why).orElse("");
    }

    /** Falls for 200 days. */
    private static BarSeries series() {
        BarSeries series = new BaseBarSeriesBuilder().withName("BTC-USDT").build();
        for (int day = 0; day < 200; day++) {
            double close = 50_000 - 10 * day - 5 * (day % 2);
            series.addBar(
                    Duration.ofDays(1), START.plusDays(day), close + 5, close + 8, close - 8, close, 100);
        }
        return series;
    }

    private static MarketSnapshot simple() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1).rsi(17.4).volumeRatio(1.9).volatilityPct(1).build();
    }

    private static MarketSnapshot complex() {
        return MarketSnapshot.builder("BTC-USDT", Timeframe.H1).rsi(50).volumeRatio(1).volatilityPct(9).build();
    }

    private static String version(String name, String group, String artifact) {
        String path = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = Answers.class.getClassLoader().getResourceAsStream(path)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            // then it has no version
        }
        return "\",\"" + name + "\":\"" + properties.getProperty("version", "?");
    }

    /** What the application needs outside of it: a model and a Redis. */
    record World(StandIn model, Redis redis) implements AutoCloseable {
        static World start() {
            try {
                return new World(StandIn.builder().start(), Redis.start());
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        }

        String endpoint() {
            return model.baseUrl().toString();
        }

        @Override
        public void close() {
            model.close();
            redis.close();
        }
    }

    /** A Redis of the library embedded-redis, which ends with this process. */
    record Redis(Process process, String url) implements AutoCloseable {
        static Redis start() throws IOException {
            Path home = Files.createTempDirectory("consumer-redis");
            int port = freePort();
            String binary = ExecutableProvider.newJarResourceProvider(home.toFile()).get().getPath();
            Process process = new ProcessBuilder(
                            binary, "--port", Integer.toString(port), "--bind", "127.0.0.1",
                            "--dir", home.toString(), "--save", "", "--appendonly", "no")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            for (int i = 0; i < 300 && !listens(port); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
            return new Redis(process, "redis://127.0.0.1:" + port);
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }

        private static boolean listens(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
