package io.github.hybridinference.redis;

/** Why Redis did not do as it was asked; without stack trace, cause or anything of the server's words. */
final class RedisFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, in words fit for a health report. */
    enum Kind {
        NO_ANSWER(true, "no answer in time"),
        LOST(true, "connection refused or lost"),
        LOGIN(true, "user or password refused"),
        DATABASE(true, "database refused"),
        FORBIDDEN(true, "not permitted by the server's access list"),
        NOT_READY(true, "loading, without its master or with slots missing"),
        GARBAGE(true, "unintelligible reply"),
        OUT_OF_MEMORY(false, "out of memory"),
        READ_ONLY(false, "a read-only replica"),
        WRONG_TYPE(false, "a value of another type"),
        REFUSED(false, "an error reply");

        private final boolean away;
        private final String words;

        Kind(boolean away, String words) {
            this.away = away;
            this.words = words;
        }

        /** Whether Redis as a whole is out of use, rather than this one command. */
        boolean isAway() {
            return away;
        }

        String words() {
            return words;
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
