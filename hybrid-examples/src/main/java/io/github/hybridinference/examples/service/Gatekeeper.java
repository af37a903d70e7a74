package io.github.hybridinference.examples.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Who may ask, and how many at once. */
final class Gatekeeper {
    private static final String SCHEME = "bearer ";

    private final byte[] token;
    private final int most;
    private final Semaphore free;

    Gatekeeper(String token, int most) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** Compares in a time that does not tell how much of the token was right. */
    boolean knows(@Nullable String authorization) {
        if (token.length == 0) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String given = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    /** False for a request that a page of another site sends from the browser of somebody on this machine. */
    boolean comesFromHere(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return true;
        }
        String from = origin.toLowerCase(Locale.ROOT);
        String to = host.toLowerCase(Locale.ROOT);
        return from.equals("http://" + to) || from.equals("https://" + to);
    }

    boolean enter(int questions) {
        return free.tryAcquire(questions);
    }

    void leave(int questions) {
        free.release(questions);
    }

    int inFlight() {
        return most - free.availablePermits();
    }
}
