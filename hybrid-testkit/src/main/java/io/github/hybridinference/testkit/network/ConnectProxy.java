package io.github.hybridinference.testkit.network;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP proxy on loopback that knows the method CONNECT and nothing else, and keeps every byte that its clients sent, as
 * it saw it. Thread-safe.
 *
 * @since 0.1.0
 */
public final class ConnectProxy implements AutoCloseable {
    private static final int OK = 200;
    private static final int HANGS = 0;
    private static final int UNAUTHENTICATED = 407;
    private static final int BAD_GATEWAY = 502;

    private final @Nullable String credentials;
    private final Map<String, InetSocketAddress> hosts = new ConcurrentHashMap<>();
    private final List<String> targets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream(); // synchronized by itself
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Relay relay;
    private volatile int answer = OK;

    private ConnectProxy(@Nullable String credentials) {
        this.credentials = credentials;
        relay = new Relay(ServerSocketFactory.getDefault(), this::serve);
        relay.start();
    }

    /**
     * Starts one that asks for no password, on a free port.
     *
     * @return a running proxy; the caller closes it
     */
    public static ConnectProxy start() {
        return new ConnectProxy(null);
    }

    /**
     * Starts one that wants a user and a password by basic authentication, on a free port.
     *
     * @param user the user
     * @param password the password
     * @return a running proxy; the caller closes it
     */
    public static ConnectProxy start(String user, String password) {
        byte[] login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ConnectProxy("basic " + Base64.getEncoder().encodeToString(login));
    }

    /**
     * Makes a host known to the proxy, and to nothing else on this machine. Others it looks up.
     *
     * @param authority what clients ask for, such as {@code model.example:443}
     * @param target where they are connected to
     * @return this proxy
     */
    public ConnectProxy host(String authority, InetSocketAddress target) {
        hosts.put(authority, target);
        return this;
    }

    /**
     * Answers every CONNECT with this status from now on.
     *
     * @param status 400 to 599, or 0 not to answer at all
     * @return this proxy
     */
    public ConnectProxy answerWith(int status) {
        answer = status;
        return this;
    }

    /**
     * Returns where it listens.
     *
     * @return the port on 127.0.0.1
     */
    public int port() {
        return relay.listener().getLocalPort();
    }

    /**
     * Returns the hosts that it was asked to connect to.
     *
     * @return host and port of each CONNECT so far, refused ones included
     */
    public List<String> targets() {
        return List.copyOf(targets);
    }

    /**
     * Returns everything that clients have sent to it, the content of tunnels included.
     *
     * @return the bytes as characters of ISO 8859-1
     */
    public String seen() {
        return seen.toString(StandardCharsets.ISO_8859_1);
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(new Recorded(client.getInputStream()));
        String head = head(in);
        String[] request = head.split("[ \r\n]", 3);
        if (request.length < 3 || !request[0].equals("CONNECT")) {
            refuse(client, 405);
            return;
        }
        targets.add(request[1]);
        if (answer == HANGS) {
            awaitClosing();
        } else if (!isAuthenticated(head)) {
            refuse(client, UNAUTHENTICATED);
        } else if (answer != OK) {
            refuse(client, answer);
        } else {
            connect(client, in, request[1]);
        }
    }

    private void connect(Socket client, InputStream in, String authority) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target(authority));
        } catch (IOException unreachable) {
            server.close();
            refuse(client, BAD_GATEWAY);
            return;
        }
        write(client, "HTTP/1.1 200 Connection established\r\n\r\n");
        relay.join(client, in, server);
    }

    private InetSocketAddress target(String authority) {
        InetSocketAddress known = hosts.get(authority);
        int colon = authority.lastIndexOf(':');
        return known != null
                ? known
                : new InetSocketAddress(
                        authority.substring(0, colon).replaceAll("[\\[\\]]", ""),
                        Integer.parseInt(authority.substring(colon + 1)));
    }

    private boolean isAuthenticated(String head) {
        return credentials == null
                || head.lines()
                        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization:"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .anyMatch(given -> given.toLowerCase(Locale.ROOT).startsWith("basic ")
                                && given.substring(6).equals(credentials.substring(6)));
    }

    private static void refuse(Socket client, int status) throws IOException {
        String challenge = status == UNAUTHENTICATED ? "proxy-authenticate: Basic realm=\"proxy\"\r\n" : "";
        write(client, "HTTP/1.1 " + status + " No\r\n" + challenge + "content-length: 3\r\n\r\nno\n");
    }

    private static void write(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes the port and all connections. */
    @Override
    public void close() {
        closing.countDown();
        relay.close();
    }

    /** Keeps what is read. */
    private final class Recorded extends FilterInputStream {
        Recorded(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            if (next >= 0) {
                seen.write(next);
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                seen.write(bytes, offset, count);
            }
            return count;
        }
    }
}
