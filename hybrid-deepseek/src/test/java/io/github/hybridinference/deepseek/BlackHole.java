package io.github.hybridinference.deepseek;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback address that never answers a connection attempt, as an address behind a broken route does: the backlog of its
 * listener is full, and the kernel drops what else arrives.
 */
final class BlackHole implements AutoCloseable {
    private static final int ANSWER_MS = 300;
    private static final int MOST_PENDING = 64;

    private final ServerSocket listener;
    private final List<Socket> pending = new ArrayList<>();

    /** On the second loopback address, and a port that is free there, or 0 for any. */
    BlackHole(int port) {
        try {
            listener = new ServerSocket(port, 1, loopback(2));
            fill();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 127.0.0.x, which is this machine for every x. */
    static InetAddress loopback(int x) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) x});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    InetAddress address() {
        return listener.getInetAddress();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void fill() throws IOException {
        while (pending.size() < MOST_PENDING) {
            Socket socket = new Socket();
            pending.add(socket);
            try {
                socket.connect(new InetSocketAddress(address(), port()), ANSWER_MS);
            } catch (SocketTimeoutException full) {
                return;
            }
        }
        throw new IOException("this kernel accepts connections beyond the backlog");
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : pending) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
