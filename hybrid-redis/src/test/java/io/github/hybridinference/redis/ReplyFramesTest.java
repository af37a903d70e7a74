package io.github.hybridinference.redis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplyFramesTest {
    private static void look(ReplyFrames frames, String reply, int atATime) throws StreamCorruptedException {
        byte[] bytes = reply.getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < bytes.length; i += atATime) {
            frames.check(bytes, i, Math.min(atATime, bytes.length - i));
        }
    }

    @Test
    void letsRepliesPassHoweverTheyAreCut() {
        String replies = "+OK\r\n:1\r\n:-1234567890123456789\r\n-ERR %500000000 of $99999999\r\n$-1\r\n$0\r\n\r\n"
                + "$12\r\n$99999999\r\n*\r\n*3\r\n$2\r\n10\r\n:12345678901\r\n:0\r\n*-1\r\n*0\r\n$4097\r\n"
                + "*9".repeat(2_048)
                + "*\r\n+OK\r\n";

        for (int atATime = 1; atATime < 50; atATime++) {
            int size = atATime;
            assertThatCode(() -> look(new ReplyFrames(), replies, size)).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$1500000000\r\n",
                "$99999999999999999999\r\n",
                "$000000000010000\r\n",
                "$-7\r\n",
                "*10000000\r\n",
                "*1\r\n$1500000000\r\n",
                "$2\r\nab\r\n$1500000000\r\n",
                "%500000000\r\n",
                "=1500000000\r\n",
                "~500000000\r\n",
                ">500000000\r\n",
                "HTTP/1.1 400 Bad Request\r\n",
                "\r\n"
            })
    void refusesWhatNoReplyIs(String reply) {
        for (int atATime = 1; atATime < 20; atATime++) {
            int size = atATime;
            assertThatExceptionOfType(StreamCorruptedException.class)
                    .isThrownBy(() -> look(new ReplyFrames(), reply, size));
        }
    }
}
