package io.github.hybridinference.testkit.standin;

import java.util.Map;

/**
 * One chat completion call as the stand-in received it. Immutable.
 *
 * @param number the call's place in the order of arrival, from 1
 * @param path the request path, without query
 * @param headers the headers, names in lower case; they hold the caller's bearer token, so don't print them
 * @param body the body as text
 * @since 0.1.0
 */
public record RequestInfo(long number, String path, Map<String, String> headers, String body) {

    /**
     * Copies the headers.
     *
     * @param number the call's place in the order of arrival, from 1
     * @param path the request path, without query
     * @param headers the headers, names in lower case
     * @param body the body as text
     */
    public RequestInfo {
        headers = Map.copyOf(headers);
    }

    /** The number and the path; neither token nor content. */
    @Override
    public String toString() {
        return "RequestInfo[number=" + number + ", path=" + path + "]";
    }
}
