package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ChatCosts;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import io.github.hybridinference.remote.ReplyProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Undoes the compression of a body, which gateways apply although it was not asked for. */
final class Decompression {
    private Decompression() {}

    /** The body as it was before it was compressed; no more than the limit of a body is decompressed. */
    static Body decompress(Response response) {
        String header = response.headers().apply("content-encoding");
        String encoding = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> response.body();
            case "gzip", "x-gzip", "deflate" -> read(response.body(), encoding);
            default -> throw new RemoteException(Reason.UNAVAILABLE).because(FailureCause.COMPRESSED);
        };
    }

    private static Body read(Body body, String encoding) {
        InputStream raw = new ByteArrayInputStream(body.bytes(), 0, body.length());
        byte[] whole;
        try (InputStream in = encoding.equals("deflate") ? new InflaterInputStream(raw) : new GZIPInputStream(raw)) {
            whole = in.readNBytes(Transport.BODY_LIMIT + 1);
        } catch (IOException broken) {
            throw new RemoteException(Reason.UNAVAILABLE).because(FailureCause.COMPRESSED);
        }
        if (whole.length > Transport.BODY_LIMIT) {
            throw RemoteException.badReply(ReplyProblem.TOO_LARGE, ChatCosts.UNSEEN);
        }
        return Body.of(whole);
    }
}
