package io.github.hybridinference.deepseek;

import io.github.hybridinference.deepseek.Dialect.Thinking;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's name and dialect. Names that DeepSeek has switched off are replaced by the current model's.
 *
 * @param name the name to send
 * @param dialect the dialect to send it in
 */
record ModelNames(String name, Dialect dialect) {
    private static final Logger LOG = LoggerFactory.getLogger(DeepSeek.class);
    private static final String CURRENT = "deepseek-flash";

    static ModelNames resolve(String name, Dialect dialect) {
        if (dialect.name().equals(Dialect.DEEPSEEK.name())) {
            if (name.equals("deepseek-chat")) {
                LOG.warn("deepseek-chat was switched off on 2026-07-24; asking {} without thinking instead", CURRENT);
                return new ModelNames(CURRENT, dialect.withThinking(Thinking.TYPE_DISABLED));
            }
            if (name.equals("deepseek-reasoner")) {
                LOG.warn("deepseek-reasoner was switched off on 2026-07-24; asking {} with thinking instead", CURRENT);
                return new ModelNames(CURRENT, dialect.withThinking(Thinking.TYPE_ENABLED));
            }
        }
        return new ModelNames(name, dialect);
    }

    /** Reasoning counts as output, so a model that thinks would exceed the usual limit before it replies. */
    int usualOutputTokens() {
        return dialect.thinking() == Thinking.TYPE_ENABLED ? 4_096 : 200;
    }
}
