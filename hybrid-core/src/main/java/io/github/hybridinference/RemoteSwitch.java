package io.github.hybridinference;

import io.github.hybridinference.RemoteCall.Failed;
import io.github.hybridinference.RemoteCall.Result;
import io.github.hybridinference.model.Degradation;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Whether the models may be asked. While it is off, no inference begins a call, and no call under way begins an attempt.
 *
 * <p>Looking at it takes no lock. Turning it does, and holds it while listeners are told, so that they hear of several turns in
 * the order in which they happened.
 */
final class RemoteSwitch {
    private static final int LONGEST_REASON = 100;

    /**
     * Why the models may not be asked.
     *
     * @param reason as given to {@link InferenceEngine#pauseRemote}
     * @param since when
     */
    record Pause(String reason, Instant since) {}

    private final Clock clock;
    private final Listeners listeners;
    private final EngineLog log;
    private volatile @Nullable Pause current;

    RemoteSwitch(Clock clock, Listeners listeners, EngineLog log) {
        this.clock = clock;
        this.listeners = listeners;
        this.log = log;
    }

    boolean isOff() {
        return current != null;
    }

    Optional<Pause> pause() {
        return Optional.ofNullable(current);
    }

    /** Switches off; if it is off already, the reason is replaced and the time stays. */
    synchronized void turnOff(String reason) {
        check(reason);
        Instant now = clock.instant();
        Pause before = current;
        current = new Pause(reason, before == null ? now : before.since());
        log.event("the models are paused: " + reason);
        listeners.notify(listener -> listener.onRemoteSwitch(false, reason, now));
    }

    /** Switches on; nothing happens if it is on. */
    synchronized void turnOn() {
        if (current != null) {
            current = null;
            Instant now = clock.instant();
            log.event("the models are asked again");
            listeners.notify(listener -> listener.onRemoteSwitch(true, "", now));
        }
    }

    /** The reason goes to logs, health reports and journals, a line each. */
    private static void check(String reason) {
        if (reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("reason must have 1 to " + LONGEST_REASON + " characters");
        }
        if (reason.codePoints().anyMatch(RemoteSwitch::isInvisible)) {
            throw new IllegalArgumentException("reason must be one line of visible characters");
        }
    }

    private static boolean isInvisible(int character) {
        int type = Character.getType(character);
        return Character.isISOControl(character)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /** The stage that lets no attempt begin while the switch is off. */
    final class Stage extends CallStage {
        @Override
        CompletionStage<Result> proceed(InFlightCall call) {
            return isOff() ? CompletableFuture.completedFuture(Failed.of(Degradation.PAUSED)) : next(call);
        }
    }
}
