package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.EgressCheck;
import io.github.hybridinference.remote.RemoteRequest;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes of a request before they are sent: they must be the template around a message that passes the
 * {@link EgressCheck}, and the key must not be among them. Anything else is a bug in this library, and the request is not sent.
 */
final class BodyCheck {
    private final RequestTemplate template;
    private final EgressCheck message;

    /**
     * Makes the check of one model's requests.
     *
     * @param local whether the model runs on this machine, the only place to which fine figures may be sent
     */
    BodyCheck(RequestTemplate template, boolean local) {
        this.template = template;
        this.message = new EgressCheck(local);
    }

    /**
     * Checks a body.
     *
     * @param key the key that would be sent with it, or null for none
     */
    boolean passes(byte[] body, RemoteRequest request, @Nullable ApiKey key) {
        return template.surrounds(body)
                && message.passes(body, template.gapStart(), template.gapEnd(body), request)
                && (key == null || !holds(body, key.reveal()));
    }

    /** The secret is ASCII. */
    private static boolean holds(byte[] body, String secret) {
        int length = secret.length();
        for (int at = 0; at <= body.length - length; at++) {
            int i = 0;
            while (i < length && body[at + i] == secret.charAt(i)) {
                i++;
            }
            if (i == length) {
                return true;
            }
        }
        return false;
    }
}
