package io.github.hybridinference.deepseek;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that answers byte by byte as a test says, and sees what happens to its connections. */
final class ScriptedServer implements AutoCloseable {
    /** What is done with one request. */
    @FunctionalInterface
    interface Script {
        void answer(Socket socket, OutputStream out) throws IOException, InterruptedException;
    }

    private static final long PATIENCE_SECONDS = 20;

    private final ServerSocket listener;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<String> closedByClient = new LinkedBlockingQueue<>();
    private final Semaphore flushes = new Semaphore(0);
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Script script;

    ScriptedServer(Script script) {
        this(0, script);
    }

    /** On a port of the caller's choice. */
    ScriptedServer(int port, Script script) {
        this.script = script;
        try {
            listener = new ServerSocket(port, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    int port() {
        return listener.getLocalPort();
    }

    void script(Script next) {
        script = next;
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.get();
    }

    /** Waits for a request, head and body. */
    String awaitRequest() throws InterruptedException {
        return received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The requests, head and body, that nobody waited for. */
    List<String> takeRequests() {
        List<String> taken = new ArrayList<>();
        received.drainTo(taken);
        return taken;
    }

    /** Waits until scripts have flushed what they wrote so often. */
    void awaitFlushes(int count) throws InterruptedException {
        if (!flushes.tryAcquire(count, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked");
        }
    }

    /** Whether the client closed a connection before long. */
    boolean awaitClosedByClient() throws InterruptedException {
        return closedByClient.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) != null;
    }

    /** Keeps a script busy until the server is closed. */
    void hang() throws InterruptedException {
        closing.await();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String request = read(in);
            while (request != null) {
                requests.incrementAndGet();
                received.add(request);
                Script current = script;
                OutputStream out = new Output(socket.getOutputStream());
                if (current == HANG) {
                    watch(in);
                    return;
                }
                current.answer(socket, out);
                out.flush();
                request = socket.isClosed() ? null : read(in);
            }
            closedByClient.add("end of stream");
        } catch (IOException reset) {
            closedByClient.add("reset");
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers nothing and waits for the other side to give up. */
    static final Script HANG = (socket, out) -> {};

    private void watch(InputStream in) throws IOException {
        if (in.read() < 0) {
            closedByClient.add("end of stream");
        }
    }

    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        int length = 0;
        for (String line : text.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return text + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Counts how often it is flushed. */
    private final class Output extends FilterOutputStream {
        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length); // at once, where it is inherited byte by byte
        }

        @Override
        public void flush() throws IOException {
            super.flush();
            flushes.release();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
