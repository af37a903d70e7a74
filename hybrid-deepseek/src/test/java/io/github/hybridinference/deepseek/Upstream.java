package io.github.hybridinference.deepseek;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** What stands at the other end: first with a fault, and well once it is healed. */
interface Upstream extends AutoCloseable {
    String url();

    /** How many requests have arrived. */
    int calls();

    /** Waits until it has been asked and has flushed what it says so often. */
    default void awaitFlushes(int count) throws InterruptedException {
        throw new UnsupportedOperationException("only a raw socket hangs");
    }

    /** From now on it answers. */
    void heal();

    @Override
    void close();

    /** A part of a WireMock server of its own, told from the others by its path. */
    static Upstream mocked(WireMockServer server, String name, ResponseDefinitionBuilder fault) {
        String path = "/" + name + "/chat/completions";
        server.stubFor(post(urlPathEqualTo(path)).willReturn(fault));
        return new Upstream() {
            @Override
            public String url() {
                return server.baseUrl() + "/" + name;
            }

            @Override
            public int calls() {
                return server.countRequestsMatching(
                                anyRequestedFor(urlPathEqualTo(path)).build())
                        .getCount();
            }

            @Override
            public void heal() {
                server.stubFor(post(urlPathEqualTo(path)).willReturn(okJson(Replies.GOOD)));
            }

            @Override
            public void close() {}
        };
    }

    /** A raw socket server. */
    static Upstream scripted(ScriptedServer.Script fault) {
        ScriptedServer server = new ScriptedServer(fault);
        return new Upstream() {
            @Override
            public String url() {
                return server.url();
            }

            @Override
            public int calls() {
                return server.requests();
            }

            @Override
            public void awaitFlushes(int count) throws InterruptedException {
                server.awaitRequest();
                server.awaitFlushes(count);
            }

            @Override
            public void heal() {
                server.script(Replies.ok(Replies.GOOD));
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /** Nobody, until it is healed: the port is taken, so that no other can have it, and refuses connections. */
    static Upstream refusing() {
        return new Refusing();
    }

    /** See {@link #refusing()}. */
    final class Refusing implements Upstream {
        private final Socket holder = new Socket();
        private final int port;
        private ScriptedServer server;

        private Refusing() {
            try {
                holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            port = holder.getLocalPort();
        }

        @Override
        public String url() {
            return "http://127.0.0.1:" + port;
        }

        @Override
        public int calls() {
            return server == null ? 0 : server.requests();
        }

        @Override
        public void heal() {
            close();
            server = new ScriptedServer(port, Replies.ok(Replies.GOOD));
        }

        @Override
        public void close() {
            try {
                holder.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (server != null) {
                server.close();
            }
        }
    }
}
