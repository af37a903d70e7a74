package io.github.hybridinference.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFailuresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EVENT_STREAM | {"message":"This model only support stream mode, please enable the stream parameter"}
            EVENT_STREAM | {"error":{"message":"`stream` must be set to true for this model"}}
            EVENT_STREAM | {"error":"Stream must be true"}
            EVENT_STREAM | Non-streaming requests are not supported
            EVENT_STREAM | this model does not support non-stream output
            THINKING_ONLY_STREAMED | {"message":"parameter.enable_thinking must be set to false for non-streaming calls"}
            THINKING_ONLY_STREAMED | {"message":"\\"enable_thinking\\" must be false for non-streaming"}
            | {"message":"stream must be false"}
            | {"message":"upstream must be true to its word"}
            | {"message":"The bloodstream is red"}
            | {}
            """)
    void findsInTheBodyOfA400WhatOnlyStreams(String cause, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);

        RemoteException failure = HttpFailures.of(400, name -> null, bytes, bytes.length, Clock.systemUTC());

        assertThat(failure.failureCause().map(Enum::name)).isEqualTo(Optional.ofNullable(cause));
        assertThat(failure.reason()).isEqualTo(RemoteException.Reason.REJECTED);
        assertThat(HttpFailures.of(422, name -> null, bytes, bytes.length, Clock.systemUTC())
                        .failureCause())
                .isEmpty();
    }

    private static final Clock NOW = Clock.fixed(Instant.parse("2026-11-24T10:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({"0,0", "2,2000", "' 1.5 ',1500", "99999999999999999999999,31536000000"})
    void readsRetryAfterInSeconds(String header, long millis) {
        assertThat(failure(Map.of("retry-after", header)).retryAfter()).contains(Duration.ofMillis(millis));
    }

    @Test
    void readsRetryAfterInMillisecondsFirst() {
        assertThat(failure(Map.of("retry-after-ms", "250", "retry-after", "9")).retryAfter())
                .contains(Duration.ofMillis(250));
    }

    @ParameterizedTest
    @CsvSource({
        "'Tue, 24 Nov 2026 10:00:07 GMT',7000",
        "'Tue, 24 Nov 2026 09:00:00 GMT',0",
        "'Fri, 31 Dec 9999 23:59:59 GMT',31536000000"
    })
    void readsRetryAfterAsADate(String header, long millis) {
        assertThat(failure(Map.of("retry-after", header)).retryAfter()).contains(Duration.ofMillis(millis));
    }

    @Test
    void believesTheClockOfTheServiceAboutItsDates() {
        assertThat(failure(Map.of(
                                "retry-after",
                                "Tue, 24 Nov 2026 12:00:07 GMT",
                                "date",
                                "Tue, 24 Nov 2026 12:00:00 GMT"))
                        .retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "NaN", "Tue, 99 Nov 2026 10:00:07 GMT"})
    void ignoresARetryAfterThatIsNone(String header) {
        assertThat(failure(Map.of("retry-after", header)).retryAfter()).isEmpty();
    }

    @Test
    void keepsTheIdOfTheRequestIfItIsPlain() {
        assertThat(failure(Map.of("x-request-id", "req-1_a")).requestId()).contains("req-1_a");
        assertThat(failure(Map.of("x-ds-trace-id", "abc")).requestId()).contains("abc");
        assertThat(failure(Map.of("x-request-id", "a b\nc")).requestId()).isEmpty();
    }

    private static RemoteException failure(Map<String, String> headers) {
        return HttpFailures.of(429, headers::get, NOW);
    }
}
