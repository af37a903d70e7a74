package io.github.hybridinference.testkit.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * A server on loopback that decrypts TLS and passes on what it reads to another port, such as that of a {@link
 * io.github.hybridinference.testkit.standin.StandIn}. Thread-safe.
 *
 * @since 0.1.0
 */
public final class TlsFront implements AutoCloseable {
    private final Relay relay;

    private TlsFront(SSLContext context, InetSocketAddress target) {
        relay = new Relay(context.getServerSocketFactory(), client -> {
            try (Socket server = new Socket(target.getAddress(), target.getPort())) {
                join(client, server);
            }
        });
    }

    private void join(Socket client, Socket server) throws IOException {
        relay.join(client, client.getInputStream(), server);
    }

    /**
     * Starts one on a free port.
     *
     * @param context its certificate, such as of {@link PrivateAuthority#context}
     * @param target where it passes on what it has decrypted
     * @return a running server; the caller closes it
     */
    public static TlsFront start(SSLContext context, InetSocketAddress target) {
        TlsFront front = new TlsFront(context, target);
        front.relay.start();
        return front;
    }

    /**
     * Starts one that talks only to clients with a certificate that the context trusts.
     *
     * @param context its certificate and the authority of its clients
     * @param target where it passes on what it has decrypted
     * @return a running server; the caller closes it
     */
    public static TlsFront startForKnownClients(SSLContext context, InetSocketAddress target) {
        TlsFront front = new TlsFront(context, target);
        ((SSLServerSocket) front.relay.listener()).setNeedClientAuth(true);
        front.relay.start();
        return front;
    }

    /**
     * Returns where it listens.
     *
     * @return the port on 127.0.0.1
     */
    public int port() {
        return relay.listener().getLocalPort();
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        relay.close();
    }
}
