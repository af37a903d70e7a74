package io.github.hybridinference.examples.run;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, where there is a terminal and enough to do. */
public final class Progress implements AutoCloseable {

    private static final int WORTH_SHOWING = 2_000;
    private static final int UPDATE_MS = 200;
    private static final int WIDTH = 100;

    private final @Nullable ProgressBar shown;

    /**
     * Shows progress if it is worth it: a real service takes its time, however few the bars.
     *
     * @param terminal whether somebody is looking
     * @param bars how many there are
     * @param polls how often each is asked about
     * @param service whether a real service answers
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
