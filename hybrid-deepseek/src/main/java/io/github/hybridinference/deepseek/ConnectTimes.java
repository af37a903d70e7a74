package io.github.hybridinference.deepseek;

/**
 * How long the parts of opening a connection took, in nanoseconds. Through a proxy the first two are those of the way to the
 * proxy, and the third one includes the opening of the tunnel.
 *
 * @param lookupNanos the look-up of the host's name
 * @param connectNanos the TCP connection
 * @param tlsNanos the handshake, or next to nothing without TLS
 */
record ConnectTimes(long lookupNanos, long connectNanos, long tlsNanos) {
    static final ConnectTimes NONE = new ConnectTimes(0, 0, 0);
}
