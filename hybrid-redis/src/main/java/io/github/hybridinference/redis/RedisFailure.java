package io.github.hybridinference.redis;

/** Why a command failed; without stack trace, cause or text from the server. */
final class RedisFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The kind of a failure, with words for a health report. */
    enum Kind {
        NO_ANSWER(true, "no answer in time", "check the server's load and the network, or raise the timeout"),
        LOST(true, "connection refused or lost", "start Redis, or correct the address"),
        LOGIN(true, "user or password refused", "correct the user and password in the address"),
        DATABASE(true, "database refused", "correct the database number in the address"),
        FORBIDDEN(
                true,
                "not permitted by the server's access list",
                "permit the user the commands listed in docs/redis.md"),
        NOT_READY(
                true,
                "loading, without its master or with slots missing",
                "wait until it has loaded, or repair the cluster"),
        GARBAGE(true, "unintelligible reply", "correct the address so that it leads to a Redis"),
        OUT_OF_MEMORY(false, "out of memory", "raise maxmemory, or let Redis evict keys"),
        READ_ONLY(false, "a read-only replica", "correct the address so that it leads to the master"),
        WRONG_TYPE(false, "a value of another type", "delete the key"),
        UNREADABLE_SHEET(false, "an unreadable row on the budget's sheet", "delete the row or the key"),
        COUNTING(false, "a sheet with many rows is being summed up", "wait a few seconds"),
        REFUSED(false, "an error reply", "look into the server's log");

        private final boolean away;
        private final String words;
        private final String cure;

        Kind(boolean away, String words, String cure) {
            this.away = away;
            this.words = words;
            this.cure = cure;
        }

        /** Whether Redis as a whole cannot be used, rather than this one command. */
        boolean isAway() {
            return away;
        }

        String words() {
            return words;
        }

        /** What the operator can do about it, as an imperative. */
        String cure() {
            return cure;
        }
    }

    private final Kind kind;

    RedisFailure(Kind kind) {
        super(kind.words(), null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
