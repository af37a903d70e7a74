package io.github.hybridinference.redis;

import io.github.hybridinference.model.QuestionKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.regex.Pattern;

/** The names of our keys: a prefix, and a digest or a date. Each script touches one key, so a cluster needs no hash tags. */
record RedisKeys(String prefix) {
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9:._-]{1,64}");

    RedisKeys {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("a prefix is 1 to 64 letters, digits, colons, dots, dashes, underscores");
        }
    }

    byte[] answer(QuestionKey key) {
        return bytes(prefix + key.toHex());
    }

    byte[] lease(QuestionKey key) {
        return bytes(prefix + "lease:" + key.toHex());
    }

    byte[] budget(LocalDate day) {
        return bytes(prefix + "budget:" + day);
    }

    /** Read to find out whether Redis is there; holds nothing. */
    byte[] probe() {
        return bytes(prefix + "probe");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
