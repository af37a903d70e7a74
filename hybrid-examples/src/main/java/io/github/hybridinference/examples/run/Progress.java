package io.github.hybridinference.examples.run;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, if that is a terminal and the run is long enough. */
public final class Progress implements AutoCloseable {

    private static final int WORTH_SHOWING = 2_000;
    private static final int UPDATE_MS = 200;
    private static final int WIDTH = 100;

    private final @Nullable ProgressBar shown;

    /**
     * Shows progress on a terminal, if the run is long: a real service takes time even for few bars.
     *
     * @param terminal whether a person watches the output
     * @param bars the number of bars
     * @param polls the number of inferences for each
     * @param service whether the model is a real service
     */
    public Progress(boolean terminal, long bars, int polls, boolean service) {
        shown = terminal && (service || bars * polls >= WORTH_SHOWING)
                ? new ProgressBarBuilder()
                        .setTaskName("bars")
                        .setInitialMax(bars)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(UPDATE_MS)
                        .setMaxRenderedLength(WIDTH)
                        .clearDisplayOnFinish()
                        .build()
                : null;
    }

    /** One bar is done. */
    public void step() {
        if (shown != null) {
            shown.step();
        }
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }
}
