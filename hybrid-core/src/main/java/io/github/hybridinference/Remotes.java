package io.github.hybridinference;

import io.github.hybridinference.EngineHealth.Component;
import io.github.hybridinference.EngineHealth.Status;
import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.RemoteException;
import io.github.hybridinference.remote.RemoteModel;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The models in the order in which they are asked: the next one when the one before is barred or failed with time left. */
final class Remotes {
    private final Line[] lines;
    private final Parts parts;

    Remotes(Parts parts) {
        this.parts = parts;
        List<RemoteModel> models = parts.settings().remotes();
        this.lines = new Line[models.size()];
        for (int i = 0; i < lines.length; i++) {
            RemoteModel model = models.get(i);
            lines[i] =
                    new Line(model, new Gate(model.identity().model(), parts.settings(), this::breakerChanged), parts);
        }
    }

    boolean isEmpty() {
        return lines.length == 0;
    }

    List<Line> lines() {
        return List.of(lines);
    }

    /** A cheap look: false if every breaker is open. */
    boolean mayPassAt(long nowNanos) {
        for (Line line : lines) {
            if (line.gate().mayPassAt(nowNanos)) {
                return true;
            }
        }
        return false;
    }

    /** Asks until somebody answers or nobody is left; {@code done} is called once, on whichever thread ends it. */
    void ask(Flight flight, Consumer<Outcome> done) {
        askFrom(0, null, flight, done);
    }

    private void askFrom(int first, @Nullable RemoteException lastFailure, Flight flight, Consumer<Outcome> done) {
        for (int i = first; i < lines.length; i++) {
            Gate.Pass pass = lines[i].gate().tryPass();
            if (pass != null) {
                askOne(i, pass, flight, done);
                return;
            }
        }
        done.accept(new Outcome.Failed(
                lastFailure == null
                        ? Degradation.BREAKER_OPEN
                        : lastFailure.reason().degradation()));
    }

    private void askOne(int index, Gate.Pass pass, Flight flight, Consumer<Outcome> done) {
        ScheduledFuture<?> outlasted = parts.threads()
                .after(parts.settings().timeout().toNanos(), () -> {
                    if (flight.isOver() && !flight.hasRunOut()) {
                        pass.unused(); // given up by those who asked; says nothing about the model
                    } else {
                        pass.outlasted();
                    }
                });
        lines[index].ask(flight).whenComplete((answered, thrown) -> {
            if (outlasted != null) {
                outlasted.cancel(false);
            }
            if (thrown == null) {
                pass.succeeded();
                done.accept(answered);
                return;
            }
            RemoteException failure = RemoteException.of(thrown);
            if (flight.hasRunOut()) {
                pass.outlasted(); // and was cancelled for it
            } else {
                pass.failed(failure);
            }
            if (othersMayHelp(failure) && flight.patienceNanos() > 0) {
                askFrom(index + 1, failure, flight, done);
            } else {
                done.accept(new Outcome.Failed(failure.reason().degradation()));
            }
        });
    }

    private static boolean othersMayHelp(RemoteException failure) {
        return switch (failure.reason()) {
            case PRIVACY, CANCELLED -> false;
            default -> true;
        };
    }

    private void breakerChanged(Component breaker) {
        String sentence = "breaker of " + breaker.name() + " is " + breaker.status()
                + (breaker.detail().isEmpty() ? "" : ": " + breaker.detail());
        if (breaker.status() == Status.HEALTHY) {
            parts.log().event(sentence);
        } else {
            parts.log().warn(sentence);
        }
        parts.listeners().tell(listener -> listener.onBreakerChange(breaker));
    }
}
