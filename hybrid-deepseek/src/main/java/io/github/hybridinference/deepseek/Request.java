package io.github.hybridinference.deepseek;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;

/** An HTTP request as a {@link Transport} sends it. */
final class Request {
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * Makes a request.
     *
     * @param method GET or POST
     * @param path from the root, encoded
     * @param headers without those that the transport adds (host, length, connection)
     * @param body the bytes; the array must not be changed afterwards
     */
    Request(String method, String path, Map<String, String> headers, byte[] body) {
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

    /** Neither headers nor body, since they hold the key and the caller's figures. */
    @Override
    public String toString() {
        return "Request[" + method + ", " + body.length + " bytes]";
    }
}
