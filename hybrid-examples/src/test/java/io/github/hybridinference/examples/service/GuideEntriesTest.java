package io.github.hybridinference.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.hybridinference.model.Degradation;
import io.github.hybridinference.remote.FailureCause;
import io.github.hybridinference.remote.ReplyProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The dashboard links each cause to its entry in the guide. */
class GuideEntriesTest {
    @ParameterizedTest
    @EnumSource(Degradation.class)
    void theGuideHasAnEntryForTheDegradation(Degradation cause) throws IOException {
        assertEntry("cause", cause, "");
    }

    @ParameterizedTest
    @EnumSource(FailureCause.class)
    void theGuideHasAnEntryForTheFailureCauseInItsWords(FailureCause cause) throws IOException {
        assertEntry("failure", cause, cause.sentence());
    }

    @ParameterizedTest
    @EnumSource(ReplyProblem.class)
    void theGuideHasAnEntryForTheReplyProblem(ReplyProblem problem) throws IOException {
        assertEntry("reply", problem, "");
    }

    private static void assertEntry(String kind, Enum<?> cause, String words) throws IOException {
        String anchor =
                "<a id=\"" + kind + "-" + cause.name().toLowerCase(Locale.ROOT).replace('_', '-') + "\"></a>";

        assertThat(Files.readString(Path.of("..", "docs", "guide.md"))).contains(anchor + words);
        assertThat(Files.readString(Path.of("..", "docs", "guide.zh-CN.md"))).contains(anchor);
    }
}
