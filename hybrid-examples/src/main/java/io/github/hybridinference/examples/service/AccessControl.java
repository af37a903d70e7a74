package io.github.hybridinference.examples.service;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Checks tokens. */
final class AccessControl {
    private static final String SCHEME = "bearer ";

    private final byte[] token;

    AccessControl(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
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
}
