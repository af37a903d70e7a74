package io.github.hybridinference.deepseek;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteReply;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Reads why a question failed. */
final class Failures {
    private Failures() {}

    /** Waits for the failure; fails the test if it is a reply or another exception. */
    static RemoteException of(CompletableFuture<RemoteReply> asked) {
        CompletionException thrown = assertThrows(
                CompletionException.class,
                () -> asked.orTimeout(30, TimeUnit.SECONDS).join());
        return assertInstanceOf(RemoteException.class, thrown.getCause());
    }
}
