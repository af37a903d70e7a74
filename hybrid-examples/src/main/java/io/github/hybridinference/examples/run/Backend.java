package io.github.hybridinference.examples.run;

import io.github.hybridinference.deepseek.DeepSeek;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testkit.command.CommandException;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is asked where the rules do not suffice. */
public final class Backend implements AutoCloseable {

    private static final long FAULT_SEED = 1;

    private final String label;
    private final String note;
    private final @Nullable RemoteModel model;
    private final @Nullable StandIn standIn;

    private Backend(String label, String note, @Nullable RemoteModel model, @Nullable StandIn standIn) {
        this.label = label;
        this.note = note;
        this.model = model;
        this.standIn = standIn;
    }

    /**
     * Nobody.
     *
     * @return without a model
     */
    public static Backend rulesOnly() {
        return new Backend("none: the rules answer everything", "", null, null);
    }

    /**
     * DeepSeek as the environment describes it.
     *
     * @param service makes it
     * @return with that model
     * @throws CommandException if the environment does not describe one
     */
    public static Backend deepSeek(Supplier<DeepSeek> service) throws CommandException {
        try {
            DeepSeek model = service.get();
            return new Backend(model.identity().model() + ", with the key of the environment", "", model, null);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandException(
                    "DeepSeek cannot be used as the environment describes it: " + e.getMessage() + ".");
        }
    }

    /**
     * A simulated model behind the same adapter and real HTTP.
     *
     * @param faults the share of calls that fail
     * @param latency how long it takes for an answer
     * @return with a server of its own; close it
     * @throws CommandException if the server does not start
     */
    public static Backend standIn(double faults, Duration latency) throws CommandException {
        try {
            StandIn started = StandIn.builder()
                    .latency(latency)
                    .faults(faults, FAULT_SEED)
                    .start();
            return new Backend(
                    "simulated model, on a stand-in of DeepSeek's API on loopback",
                    "simulated model",
                    DeepSeek.builder()
                            .endpoint(started.baseUrl())
                            .apiKey("none-needed")
                            .build(),
                    started);
        } catch (UncheckedIOException e) {
            throw new CommandException("The stand-in of the API did not start: " + e.getMessage() + ".");
        }
    }

    /**
     * Returns the model, which the engine closes.
     *
     * @return empty if there is none
     */
    public Optional<RemoteModel> model() {
        return Optional.ofNullable(model);
    }

    /**
     * Tells whether the answers are made up.
     *
     * @return true for the stand-in
     */
    public boolean isSimulated() {
        return standIn != null;
    }

    /**
     * Tells whether a real service answers, which takes time and money.
     *
     * @return true for DeepSeek
     */
    public boolean isService() {
        return model != null && standIn == null;
    }

    /**
     * Returns who it is, for people.
     *
     * @return a label
     */
    public String label() {
        return label;
    }

    /**
     * Returns what stands beside each answer of the model.
     *
     * @return a note, or nothing
     */
    public String note() {
        return note;
    }

    @Override
    public void close() {
        if (standIn != null) {
            standIn.close();
        }
    }
}
