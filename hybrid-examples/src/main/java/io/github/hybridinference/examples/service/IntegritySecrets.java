package io.github.hybridinference.examples.service;

import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.redis.RedisSignalCacheBuilder;
import java.util.function.Consumer;

/**
 * The secrets with which answers and leases in Redis are signed.
 *
 * @param secret signs, empty for no signatures
 * @param accepted accepted as well while the secret is replaced, empty for none
 */
record IntegritySecrets(String secret, String accepted) {
    private static final String SECRET = "REDIS_INTEGRITY_SECRET";
    private static final String ACCEPTED = "REDIS_ACCEPTED_INTEGRITY_SECRET";

    static IntegritySecrets of(EnvironmentVariables of) throws CommandException {
        IntegritySecrets secrets = new IntegritySecrets(of.text(SECRET, ""), of.text(ACCEPTED, ""));
        if (secrets.secret.isEmpty() && !secrets.accepted.isEmpty()) {
            throw new CommandException(SECRET + " must be set with " + ACCEPTED + ": it signs");
        }
        return secrets;
    }

    void addTo(RedisSignalCacheBuilder redis) throws CommandException {
        set(SECRET, secret, redis::integritySecret);
        set(ACCEPTED, accepted, redis::acceptedIntegritySecret);
    }

    private static void set(String name, String value, Consumer<String> setter) throws CommandException {
        try {
            if (!value.isEmpty()) {
                setter.accept(value);
            }
        } catch (IllegalArgumentException refused) {
            throw new CommandException(name + " cannot be used: " + refused.getMessage()); // never repeats the value
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "IntegritySecrets";
    }
}
