package io.github.hybridinference.redis;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connects within the {@link IoLimit}, with TLS if the address says so; the certificate must be trusted and name the host.
 */
final class LimitedSockets implements JedisSocketFactory {
    private final HostAndPort server;
    private final Optional<SSLSocketFactory> tls;

    /**
     * Makes sockets to a server.
     *
     * @param tls makes the encrypted ones; empty for plain ones
     */
    LimitedSockets(HostAndPort server, Optional<SSLSocketFactory> tls) {
        this.server = server;
        this.tls = tls;
    }

    @Override
    public Socket createSocket() {
        LimitedSocket socket = new LimitedSocket(tls.isPresent());
        try {
            IoLimit.connecting();
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(new InetSocketAddress(server.getHost(), server.getPort()), IoLimit.remainingMs());
            return tls.isPresent() ? encrypted(tls.get(), socket) : socket;
        } catch (IOException | RuntimeException failed) {
            closeQuietly(socket);
            throw new JedisConnectionException("cannot connect", failed);
        }
    }

    private Socket encrypted(SSLSocketFactory factory, Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, server.getHost(), server.getPort(), true);
        // by default Java checks the chain of a certificate, but not that it names the host
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyBroken) {
            // the failure that led here is thrown
        }
    }
}
