package io.github.hybridinference.testkit.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;

/** Listens on loopback and passes on what it reads, with two daemon threads for each connection. */
final class Relay implements AutoCloseable {
    private static final int BUFFER_BYTES = 16_384;
    private static final int BACKLOG = 64;

    /** What is done with a connection. It is closed afterwards. */
    @FunctionalInterface
    interface Handler {
        void handle(Socket client) throws IOException;
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    Relay(ServerSocketFactory sockets, Handler handler) {
        this.handler = handler;
        try {
            listener = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    void start() {
        run(this::accept);
    }

    ServerSocket listener() {
        return listener;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                run(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            handler.handle(client);
        } catch (IOException brokenOff) {
            // by one of the two sides, which then knows of it
        } finally {
            open.remove(client);
        }
    }

    /** Passes on what both sides send until one of them ends. */
    void join(Socket client, InputStream fromClient, Socket server) throws IOException {
        open.add(server);
        try (server) {
            run(() -> {
                try (client) {
                    pass(server.getInputStream(), client.getOutputStream());
                } catch (IOException brokenOff) {
                    // the other direction sees it, too
                }
            });
            pass(fromClient, server.getOutputStream());
        } finally {
            open.remove(server);
        }
    }

    private static void pass(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "hybrid-testkit-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Closeable each : open) {
                each.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
