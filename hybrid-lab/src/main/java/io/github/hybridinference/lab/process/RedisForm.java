package io.github.hybridinference.lab.process;

import java.util.Locale;

/**
 * How the servers of a Redis are organised.
 *
 * @since 0.1.0
 */
public enum RedisForm {
    /** One server. */
    SINGLE,

    /** Three masters with a replica each. */
    CLUSTER,

    /** A master and a replica, watched by three sentinels. */
    SENTINEL;

    /** Returns the name as an option has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
