package io.github.hybridinference.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FatalErrorsTest {
    static Stream<Throwable> fatal() {
        return Stream.of(new OutOfMemoryError(), new InternalError(), new UnknownError());
    }

    static Stream<Throwable> survivable() {
        return Stream.of(
                new StackOverflowError(),
                new AssertionError(),
                new NoClassDefFoundError(),
                new ExceptionInInitializerError(),
                new Error("an error of a library's own"),
                new IllegalStateException(),
                new IOException(),
                new InterruptedException());
    }

    @ParameterizedTest
    @MethodSource("fatal")
    void throwsAgainWhatMeansThatTheJvmIsBroken(Throwable thrown) {
        assertThatThrownBy(() -> FatalErrors.rethrowIfFatal(thrown)).isSameAs(thrown);
    }

    @ParameterizedTest
    @MethodSource("survivable")
    void returnsForTheFaultOfAComponent(Throwable thrown) {
        assertThatCode(() -> FatalErrors.rethrowIfFatal(thrown)).doesNotThrowAnyException();
    }
}
