package io.github.hybridinference.examples.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Checks tokens and origins, and limits the number of inferences in flight. */
final class AccessControl {
    private static final String SCHEME = "bearer ";

    private final byte[] token;
    private final int most;
    private final Semaphore free;

    AccessControl(String token, int most) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** Compares in constant time. */
    boolean isAuthorized(@Nullable String authorization) {
        if (token.length == 0) {
            return true;
        }
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String given = authorization.substring(SCHEME.length()).strip();
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    /** False for a request that a page of another site sends from a browser on this machine. */
    boolean isSameOrigin(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return true;
        }
        String from = origin.toLowerCase(Locale.ROOT);
        String to = host.toLowerCase(Locale.ROOT);
        return from.equals("http://" + to) || from.equals("https://" + to);
    }

    boolean enter(int inferences) {
        return free.tryAcquire(inferences);
    }

    void leave(int inferences) {
        free.release(inferences);
    }

    int inFlight() {
        return most - free.availablePermits();
    }
}
