package io.github.hybridinference.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A bad line before a server, or a server that is none. */
final class Proxy implements AutoCloseable {
    /** What the line does to the bytes that come back. */
    sealed interface Line {
        /** Passes them on. */
        record Good() implements Line {}

        /** Keeps them back for a while. */
        record Late(long ms) implements Line {}

        /** Lets one byte through at a time. */
        record Dripping(long msPerByte) implements Line {}

        /** Passes nothing on, in either direction. */
        record Silent() implements Line {}

        /** Answers with this, whatever is said. */
        record Babbling(String reply) implements Line {}
    }

    private final ServerSocket entrance;
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Line line;

    Proxy(int serverPort, Line line) {
        this.serverPort = serverPort;
        this.line = line;
        try {
            entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        thread(this::accept);
    }

    String url() {
        return "redis://127.0.0.1:" + entrance.getLocalPort();
    }

    void becomes(Line other) {
        line = other;
    }

    /** From now on new connections lead to another server; those that stand stay where they are. */
    void leadsTo(int otherPort) {
        serverPort = otherPort;
    }

    /** How many connections were made. */
    int accepted() {
        return accepted.get();
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                sockets.add(client);
                accepted.incrementAndGet();
                Line now = line;
                if (now instanceof Line.Babbling babble) {
                    thread(() -> babble(client, babble.reply().getBytes(StandardCharsets.ISO_8859_1)));
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(server);
                thread(() -> forward(client, server, false));
                thread(() -> forward(server, client, true));
            } catch (IOException closed) {
                // the loop ends with the entrance
            }
        }
    }

    private void babble(Socket client, byte[] reply) {
        byte[] heard = new byte[4_096];
        try (client) {
            while (client.getInputStream().read(heard) > 0 && line instanceof Line.Babbling) {
                client.getOutputStream().write(reply);
            }
        } catch (IOException gone) {
            // as clients do
        }
    }

    private void forward(Socket from, Socket to, boolean back) {
        byte[] bytes = new byte[4_096];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
                pass(bytes, count, out, back);
            }
        } catch (IOException gone) {
            // as clients do
        }
    }

    private void pass(byte[] bytes, int count, OutputStream out, boolean back) throws IOException {
        Line now = line;
        if (now instanceof Line.Silent) {
            return;
        }
        if (now instanceof Line.Late late && back) {
            pause(late.ms());
        }
        if (now instanceof Line.Dripping drip && back) {
            for (int i = 0; i < count; i++) {
                pause(drip.msPerByte());
                out.write(bytes[i]);
            }
            return;
        }
        out.write(bytes, 0, count);
    }

    private static void pause(long ms) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            entrance.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
