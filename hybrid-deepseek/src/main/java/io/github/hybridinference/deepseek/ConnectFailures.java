package io.github.hybridinference.deepseek;

import io.github.hybridinference.remote.ConnectionFailures;
import io.github.hybridinference.remote.FailureCause;
import io.netty.handler.ssl.NotSslRecordException;
import org.jspecify.annotations.Nullable;

/** Tells from its exceptions why a connection could not be opened. Their messages are not passed on. */
final class ConnectFailures {
    private static final int MOST_CAUSES = 16;

    private ConnectFailures() {}

    /** The most precise cause that is found in an exception and its causes. */
    static FailureCause causeOf(@Nullable Throwable thrown) {
        Throwable each = thrown;
        for (int i = 0; each != null && i < MOST_CAUSES; i++, each = each.getCause()) {
            if (each instanceof NotSslRecordException) {
                return FailureCause.NOT_TLS;
            }
        }
        return ConnectionFailures.causeOf(thrown).orElse(FailureCause.UNREACHABLE);
    }
}
