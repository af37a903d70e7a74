package io.github.hybridinference;

import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteException.Reason;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Reads failures of an adapter, which may be somebody else's, as the reasons we know. */
final class RemoteFailures {
    private RemoteFailures() {}

    static RemoteException of(Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RemoteException known) {
            return known;
        }
        return new RemoteException(cause instanceof CancellationException ? Reason.CANCELLED : Reason.INTERNAL);
    }
}
