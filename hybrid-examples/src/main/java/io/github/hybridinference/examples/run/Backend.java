package io.github.hybridinference.examples.run;

import io.github.hybridinference.lab.command.CommandContext;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.remote.RemoteModel;
import io.github.hybridinference.testkit.standin.StandIn;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The model of a run: none, DeepSeek or a simulated one. */
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
     * No model.
     *
     * @return a backend without a model
     */
    public static Backend rulesOnly() {
        return new Backend("none: the rules answer everything", "", null, null);
    }

    /**
     * Whether the environment describes a real service: by its key, or by the dialect of one that needs none.
     *
     * @param context the context of the command
     * @return true if it does
     */
    public static boolean hasKey(CommandContext context) {
        return ModelSettings.isModel(context.environment());
    }

    /**
     * DeepSeek as the environment describes it.
     *
     * @param service creates the model
     * @return a backend with that model
     * @throws CommandException if the environment does not describe a usable one
     */
    public static Backend deepSeek(Supplier<? extends RemoteModel> service) throws CommandException {
        try {
            RemoteModel model = service.get();
            return new Backend(model.identity().model() + ", as the environment describes it", "", model, null);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new CommandException(
                    "DeepSeek cannot be used as the environment describes it: " + e.getMessage() + ".");
        }
    }

    /**
     * A simulated model behind the same adapter and real HTTP.
     *
     * @param client what carries the requests
     * @param faults the share of calls that fail
     * @param latency how long it takes for an answer
     * @return a backend with a server of its own, to be closed by the caller
     * @throws CommandException if the server does not start
     */
    public static Backend standIn(ModelClient client, double faults, Duration latency) throws CommandException {
        try {
            StandIn started = StandIn.builder()
                    .latency(latency)
                    .faults(faults, FAULT_SEED)
                    .start();
            return new Backend(
                    "simulated model, on a stand-in of DeepSeek's API on loopback",
                    "simulated model",
                    client.model(ModelSettings.ofStandIn(started.baseUrl().toString())),
                    started);
        } catch (UncheckedIOException e) {
            throw new CommandException("The stand-in of the API did not start: " + e.getMessage() + ".");
        }
    }

    /**
     * The model, which the engine closes.
     *
     * @return empty if there is none
     */
    public Optional<RemoteModel> model() {
        return Optional.ofNullable(model);
    }

    /**
     * Whether the model is simulated.
     *
     * @return true for the stand-in
     */
    public boolean isSimulated() {
        return standIn != null;
    }

    /**
     * Whether the model is a real service, which takes time and money.
     *
     * @return true for DeepSeek
     */
    public boolean isService() {
        return model != null && standIn == null;
    }

    /**
     * The name of the model for display.
     *
     * @return a label
     */
    public String label() {
        return label;
    }

    /**
     * The note to display beside each answer of the model.
     *
     * @return a note, or an empty text
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
