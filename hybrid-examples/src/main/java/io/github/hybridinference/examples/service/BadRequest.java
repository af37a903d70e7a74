package io.github.hybridinference.examples.service;

/** A request that is refused; the message names the field and repeats nothing of what was sent. */
final class BadRequest extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    BadRequest(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static BadRequest field(String field, String problem) {
        return new BadRequest(400, "invalid_field", field + " " + problem);
    }

    static BadRequest json(String problem) {
        return new BadRequest(400, "invalid_json", problem);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
