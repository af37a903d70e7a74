package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ApiKey;
import io.github.hybridinference.remote.EgressCheck;
import io.github.hybridinference.remote.RemoteRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bytes of a request before they are sent: they must be the template around a message that passes the
 * {@link EgressCheck}, and the key must not be among them. Anything else is a bug in this library, and the request is not sent.
 */
final class BodyCheck {
    private final RequestTemplate template;
    private final byte[] secret;
    private final EgressCheck message;

    /**
     * Makes the check of one model's requests.
     *
     * @param local whether the model runs on this machine, the only place to which fine figures may be sent
     */
    BodyCheck(RequestTemplate template, @Nullable ApiKey key, boolean local) {
        this.template = template;
        this.secret = (key == null ? "" : key.reveal()).getBytes(StandardCharsets.US_ASCII);
        this.message = new EgressCheck(local);
    }

    boolean passes(byte[] body, RemoteRequest request) {
        return template.surrounds(body)
                && message.passes(body, template.gapStart(), template.gapEnd(body), request)
                && !holdsSecret(body);
    }

    private boolean holdsSecret(byte[] body) {
        if (secret.length == 0) {
            return false;
        }
        for (int at = 0; at <= body.length - secret.length; at++) {
            int i = 0;
            while (i < secret.length && body[at + i] == secret[i]) {
                i++;
            }
            if (i == secret.length) {
                return true;
            }
        }
        return false;
    }
}
