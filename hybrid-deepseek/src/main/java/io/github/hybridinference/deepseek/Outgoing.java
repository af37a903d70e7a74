package io.github.hybridinference.deepseek;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** A request as the transport carries it. */
final class Outgoing {
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * Makes a request.
     *
     * @param method GET or POST
     * @param path from the root, encoded
     * @param headers without those that belong to the transport (host, length, connection)
     * @param body the bytes; nobody changes the array from here on
     */
    Outgoing(String method, String path, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    Map<String, String> headers() {
        return headers;
    }

    ByteBuf body() {
        return Unpooled.wrappedBuffer(body);
    }

    @Override
    public String toString() {
        return "Outgoing[" + method + ", " + body.length + " bytes]";
    }
}
