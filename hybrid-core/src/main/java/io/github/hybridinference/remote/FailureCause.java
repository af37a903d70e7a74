package io.github.hybridinference.remote;

/**
 * What is known of the cause of a failed attempt, where the reason alone does not say what to mend: a closed set, fit for
 * a metric's tag. Each has a sentence and a cure, which hold no data of a caller and no text of a service.
 *
 * @since 0.1.0
 */
public enum FailureCause {
    /** The host's name has no address. */
    NAME_NOT_FOUND(true, "the host's name was not found", "check the base URL, and the name service of this machine"),
    /** The host refused the connection. */
    CONNECTION_REFUSED(true, "the host refused the connection", "check the port, and whether the service runs"),
    /** There is no way to the host, or it did not answer while a connection was opened. */
    UNREACHABLE(true, "the host did not answer", "check the network, the firewall, and whether a proxy is needed"),
    /** The server's certificate is not signed by an authority that this JVM trusts. */
    TLS_UNTRUSTED(
            false,
            "the server's certificate is not trusted",
            "add the authority that signed it to the trust store of the model or of this JVM"),
    /** The server's certificate is for another name. */
    TLS_WRONG_NAME(false, "the server's certificate is for another host", "use the host name that it was issued for"),
    /** The server's certificate has expired, or is not valid yet. */
    TLS_EXPIRED(false, "the server's certificate is not valid now", "renew it, and check the clock of this machine"),
    /** The server does not speak TLS on this port. */
    NOT_TLS(false, "the server does not speak TLS on this port", "use http:// in the base URL, or the port for https"),
    /** The TLS handshake failed for another reason, or the server did not answer it. */
    TLS_FAILED(
            true,
            "the TLS handshake failed",
            "check that the port is the one for https, the protocols that the server speaks, and whether it wants a client "
                    + "certificate"),
    /** The service redirects, which is not followed, since that could send the key to any host. */
    REDIRECT(false, "the service redirects", "set the base URL to the address that it redirects to"),
    /** Status 404: the path or the model does not exist. */
    NOT_FOUND(false, "the path or the model does not exist", "check the model's name; is /v1 missing in the base URL?"),
    /** The server does not speak HTTP on this port, or expects TLS there. */
    NOT_HTTP(false, "the server does not speak HTTP on this port", "check the port; does the base URL need https://?"),
    /** The connection broke while a response was awaited or read. */
    CONNECTION_LOST(
            true,
            "the connection broke before the response was complete",
            "if it happens often, check the proxies and gateways on the way"),
    /** The headers of the response are larger than 64 KB. */
    HEADERS_TOO_LARGE(
            false,
            "the headers of the response are too large",
            "look for a proxy or a gateway that adds cookies or other large headers"),
    /** Status 407: a proxy asks for a user and a password, or does not accept those that were given. */
    PROXY_REFUSED(
            false,
            "the proxy refused the user and the password, or wants them",
            "set them in the proxy's URL, http://user:password@host:port"),
    /** The proxy does not let connections to the host through (another status of the range 400 to 499). */
    PROXY_FORBIDDEN(
            false,
            "the proxy does not let connections to the host through",
            "ask its operator to allow CONNECT to the host and port of the base URL"),
    /** The proxy could not connect to the host (a status of the range 500 to 599). */
    PROXY_FAILED(
            true,
            "the proxy could not connect to the host",
            "check the host and port of the base URL, and whether the proxy can reach them"),
    /** The proxy's name has no address, or it refused the connection, closed it or did not answer in time. */
    PROXY_UNREACHABLE(true, "the proxy did not answer", "check the proxy's address and port, and whether it runs"),
    /** What listens at the proxy's address does not answer as an HTTP proxy does. */
    NOT_A_PROXY(
            false,
            "the proxy's address does not answer as an HTTP proxy",
            "check its port; it must be one for HTTP CONNECT, without TLS"),
    /** Status 413. */
    REQUEST_TOO_LARGE(false, "the request is too large for the service", "send fewer features"),
    /** Another status that is not 2xx, or an error reported with status 200; the status is in the message. */
    STATUS(
            true,
            "the service reports an error",
            "look up the status in the service's documentation; 5xx usually passes, 400 and 422 mean a parameter that it refuses"),
    /** A firewall in front of the service answered, not the service (status 403 without JSON). */
    BLOCKED(false, "a firewall in front of the service blocked the request", "ask its operator to let this host in"),
    /** A response of status 2xx that is no JSON object, such as an HTML page. */
    NOT_JSON(false, "the reply is not JSON", "is /v1 missing in the base URL?"),
    /** A stream of events, which was not asked for, or status 400 because none was asked for. */
    EVENT_STREAM(
            false,
            "the endpoint replies in event streams only",
            "use an endpoint or a model that can reply in one piece"),
    /** Status 400: the model thinks, and the service lets models that think reply in event streams only. */
    THINKING_ONLY_STREAMED(
            false,
            "the model may think only when it replies in an event stream",
            "switch thinking off in the dialect, or by extraBody(\"enable_thinking\", false)"),
    /** The supplier of keys threw an exception or returned no key; nothing was sent. */
    NO_KEY(true, "the supplier of API keys failed or returned no key", "check the supplier given to apiKey"),
    /** A body in an encoding that was not asked for and is not known, or one that is broken. */
    COMPRESSED(false, "the reply is compressed in an unknown way", "switch compression off in the gateway");

    private final boolean passing;
    private final String sentence;
    private final String cure;

    FailureCause(boolean passing, String sentence, String cure) {
        this.passing = passing;
        this.sentence = sentence;
        this.cure = cure;
    }

    /**
     * Tells whether it may be gone a moment later, so that another attempt is worth its price.
     *
     * @return false for what has to be mended first
     */
    public boolean isPassing() {
        return passing;
    }

    /**
     * Returns what is wrong.
     *
     * @return a clause without a full stop
     */
    public String sentence() {
        return sentence;
    }

    /**
     * Returns what to do about it.
     *
     * @return a clause without a full stop
     */
    public String cure() {
        return cure;
    }
}
