package io.github.hybridinference.deepseek;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up the addresses of a host. May block. */
@FunctionalInterface
interface HostResolver {
    /**
     * Looks up a host.
     *
     * @param host a name, or an address as text
     * @return its addresses, the preferred one first
     * @throws UnknownHostException if it has none
     */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
