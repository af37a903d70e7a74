package io.github.hybridinference.remote;

import io.github.hybridinference.remote.RemoteException.Reason;
import java.nio.charset.StandardCharsets;

/**
 * The failure of a body that is no chat completion although the status is 2xx.
 *
 * @since 0.1.0
 */
public final class UnreadableBody {
    private UnreadableBody() {}

    /**
     * Makes the exception: an event stream and what is no JSON at all have to be mended first, and an object that breaks off
     * may come through the next time. What the attempt cost is unknown.
     *
     * @param body the bytes, of which the first are looked at
     * @param length how many of them are the body
     * @return UNAVAILABLE, with the cause if it can be told
     */
    public static RemoteException of(byte[] body, int length) {
        int start = 0;
        while (start < length && body[start] >= 0 && body[start] <= ' ') {
            start++;
        }
        RemoteException failure = new RemoteException(Reason.UNAVAILABLE);
        if (start < length && body[start] == '{') {
            return failure;
        }
        String first = new String(body, start, Math.min(length - start, 6), StandardCharsets.ISO_8859_1);
        boolean stream = first.startsWith("data:") || first.startsWith("event:") || first.startsWith(":");
        return failure.because(stream ? FailureCause.EVENT_STREAM : FailureCause.NOT_JSON);
    }
}
