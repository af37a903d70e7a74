package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A program that attacks a service until its input ends: of the slow connections a quarter says nothing, a quarter drips a
 * header and half drip a body, and each that is closed is opened again; hostile clients send a body, wait for what comes of it
 * and send the next a second later.
 */
final class Attackers {
    private static final Duration DRIP = Duration.ofSeconds(4);
    private static final String POST = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    private static final Path NICE = Path.of("/usr/bin/nice");

    private final LongAdder hostile = new LongAdder();
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * Attacks until the end of the input.
     *
     * @param args the port, the number of slow connections and that of hostile clients
     */
    public static void main(String[] args) throws Exception {
        Attackers attackers =
                new Attackers(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
        while (System.in.read() >= 0) {
            // until the test is over
        }
        attackers.close();
        System.out.println(attackers.hostile.sum());
        System.exit(0);
    }

    static Process start(int port, int slowConnections, int hostileClients) throws IOException {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(NICE)) {
            command.addAll(List.of(NICE.toString(), "-n", "30"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Attackers.class.getName(),
                Integer.toString(port),
                Integer.toString(slowConnections),
                Integer.toString(hostileClients)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ends them; returns how many hostile bodies they have sent. */
    static long stop(Process attackers) throws IOException, InterruptedException {
        attackers.getOutputStream().close();
        String sent = attackers.inputReader().readLine();
        assertThat(attackers.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Long.parseLong(sent);
    }

    private final int port;
    private final Socket[] slow;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<byte[]> bodies = hostileBodies();
    private final CountDownLatch ended = new CountDownLatch(1);

    Attackers(int port, int slowConnections, int hostileClients) {
        this.port = port;
        this.slow = new Socket[slowConnections];
        int perThread = 100;
        for (int from = 0; from < slowConnections; from += perThread) {
            int first = from;
            threads.execute(() -> drip(first, Math.min(first + perThread, slow.length)));
        }
        for (int i = 0; i < hostileClients; i++) {
            byte[] body = bodies.get(i % bodies.size());
            threads.execute(() -> sendHostile(body));
        }
    }

    private void drip(int from, int to) {
        while (!over.get()) {
            for (int i = from; i < to && !over.get(); i++) {
                try {
                    if (slow[i] == null) {
                        slow[i] = new Socket(InetAddress.getLoopbackAddress(), port);
                        slow[i].getOutputStream().write(beginning(i));
                    } else if (i % 4 != 0) {
                        slow[i].getOutputStream().write('a');
                    }
                } catch (IOException closed) {
                    close(slow[i]);
                    slow[i] = null;
                }
            }
            pause();
        }
    }

    private byte[] beginning(int i) {
        return switch (i % 4) {
            case 0 -> new byte[0];
            case 1 -> ascii("GET /health HTTP/1.1\r\nHost: localhost\r\nX: ");
            default -> ascii(String.format(POST, "/api/v1/inference") + "Content-Length: 60000\r\n\r\n");
        };
    }

    private void pause() {
        try {
            ended.await(DRIP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendHostile(byte[] request) {
        while (!over.get()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(20_000);
                socket.getOutputStream().write(request);
                hostile.increment();
                while (socket.getInputStream().read(new byte[1_024]) > 0 && !over.get()) {
                    // to its end, or until the service closes it
                }
            } catch (IOException refused) {
                // as good as an answer
            }
            pauseShortly();
        }
    }

    private void pauseShortly() {
        try {
            ended.await(1_000, TimeUnit.MILLISECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void close() throws InterruptedException {
        over.set(true);
        ended.countDown();
        threads.shutdownNow();
        threads.awaitTermination(30, TimeUnit.SECONDS);
        for (Socket socket : slow) {
            close(socket);
        }
    }

    private void close(Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException gone) {
            // it is closed all the same
        }
    }

    /** 24,000 keys, deep nesting, long numbers, and batches of them. */
    private static List<byte[]> hostileBodies() {
        String keys =
                IntStream.range(0, 24_000).mapToObj(i -> "\"k" + i + "\":1").collect(Collectors.joining(",", "{", "}"));
        String features =
                "{\"symbol\":\"A\",\"timeframe\":\"1h\",\"features\":" + keys.substring(0, 60_000) + "\"z\":1}}";
        List<byte[]> requests = new ArrayList<>();
        requests.add(request("/api/v1/inference/batch", "[" + keys + "]"));
        requests.add(request("/api/v1/inference", keys));
        requests.add(request("/api/v1/inference", features));
        requests.add(request(
                "/api/v1/inference/batch", "[" + "{\"symbol\":\"A\",\"timeframe\":\"1h\"},".repeat(6_000) + "{}]"));
        requests.add(request("/api/v1/inference", "[".repeat(60_000)));
        requests.add(request("/api/v1/inference/batch", "[1" + "9".repeat(200_000) + "]"));
        return requests;
    }

    private static byte[] request(String path, String body) {
        return ascii(String.format(POST, path) + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
