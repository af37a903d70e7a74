package io.github.hybridinference.testkit.standin;

/**
 * What a stand-in has counted since its start. While no call is in flight, {@code requests = answered + cut + aborted}.
 *
 * @param requests chat completion calls received, refused and failed ones included
 * @param answered those to which a whole response was sent, whatever its status
 * @param cut those that the stand-in itself broke off, according to their behaviour
 * @param aborted those whose client closed the connection before the whole response was sent
 * @param connections connections accepted
 * @param openConnections connections open now
 * @since 0.1.0
 */
public record StandInStats(
        long requests, long answered, long cut, long aborted, long connections, long openConnections) {

    /**
     * Calls that are neither answered nor broken off by either side.
     *
     * @return their number
     */
    public long inFlight() {
        return requests - answered - cut - aborted;
    }
}
