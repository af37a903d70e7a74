package io.github.hybridinference.benchmarks.paths;

import io.github.hybridinference.lab.process.RedisProcess;
import io.github.hybridinference.lab.process.StandInProcess;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Starts servers for benchmarks, whose constructors must not declare checked exceptions. */
public final class Servers {
    private Servers() {}

    public static StandInProcess standIn() {
        try {
            return StandInProcess.start(0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static RedisProcess redis() {
        try {
            return RedisProcess.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
