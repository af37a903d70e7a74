package io.github.hybridinference.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which property of {@code hybrid.*} cannot be read. Goes before Spring Boot's own analyzers, which print the values of
 * properties, be they keys.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnreadableSettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("hybrid");

    private final @Nullable Environment environment;

    UnreadableSettingFailureAnalyzer(@Nullable Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        ConfigurationPropertyName name = innermost(cause).getName();
        if (!OURS.equals(name) && !OURS.isAncestorOf(name)) {
            return null;
        }
        String type = innermost(cause).getTarget().getType().toString();
        return new FailureAnalysis(
                name + " cannot be read as " + type + "." + PropertyOrigin.sentence(environment, name.toString()),
                "Write " + name + " as docs/spring.md describes it. A list has no gaps: its first entry is [0].",
                null);
    }

    private static BindException innermost(BindException failure) {
        BindException found = failure;
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException inner) {
                found = inner;
            }
        }
        return found;
    }
}
