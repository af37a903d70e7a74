package io.github.hybridinference.examples.service;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the service may be asked. A page of another site whose name leads to this machine (DNS rebinding) is
 * of the same origin for its browser; only the Host header gives it away.
 */
final class AllowedHosts {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final boolean onLoopback;
    private final String own;
    private final Set<String> listed;

    /**
     * Creates the check.
     *
     * @param own the host that the service listens on
     * @param onLoopback whether that is a loopback address
     * @param listed further hosts in lower case, without ports
     */
    AllowedHosts(String own, boolean onLoopback, Set<String> listed) {
        this.own = own.toLowerCase(Locale.ROOT);
        this.onLoopback = onLoopback;
        this.listed = Set.copyOf(listed);
    }

    /** Whether a request may name this host. One without a Host header is HTTP/1.0, and comes from no browser. */
    boolean allows(@Nullable String hostHeader) {
        if (hostHeader == null) {
            return true;
        }
        String host = name(hostHeader);
        return LOOPBACK.matcher(host).matches()
                || host.equals(own)
                || listed.contains(host)
                || (!onLoopback && ADDRESS.matcher(host).matches()); // no name, so nothing that could be rebound
    }

    /** Whether a page of this origin may ask: it is the service's own, or one of a listed host. */
    boolean allowsOrigin(@Nullable String origin, @Nullable String hostHeader) {
        if (origin == null) {
            return true;
        }
        int scheme = origin.indexOf("://");
        if (scheme < 0 || hostHeader == null) {
            return false; // such as "null", the origin of a page in a sandbox
        }
        String from = origin.substring(scheme + 3).toLowerCase(Locale.ROOT);
        return from.equals(hostHeader.toLowerCase(Locale.ROOT)) || listed.contains(name(from));
    }

    private static String name(String hostAndPort) {
        return PORT.matcher(hostAndPort.strip().toLowerCase(Locale.ROOT)).replaceFirst("");
    }
}
