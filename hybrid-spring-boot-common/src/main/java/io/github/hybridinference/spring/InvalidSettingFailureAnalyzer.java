package io.github.hybridinference.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Says which property cannot be used, where it stands, and why. */
final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {
    private final @Nullable Environment environment;

    InvalidSettingFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return new FailureAnalysis(
                cause.property() + " cannot be used: " + cause.reason() + "."
                        + PropertyOrigin.sentence(environment, cause.property()),
                "Set " + cause.property() + " in the configuration of the application to what docs/spring.md allows.",
                cause);
    }
}
