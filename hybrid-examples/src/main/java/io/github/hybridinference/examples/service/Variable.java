package io.github.hybridinference.examples.service;

import java.util.List;

/**
 * A variable that the service reads; {@code .env-template} explains each.
 *
 * @param name its name
 * @param standard what holds without it, for people
 * @param isSecret whether its value must not be shown
 */
record Variable(String name, String standard, boolean isSecret) {
    private static final String NONE = "none";

    static final List<Variable> ALL = List.of(
            secret("DEEPSEEK_API_KEY"),
            shown("DEEPSEEK_BASE_URL", "the dialect's own service"),
            shown("DEEPSEEK_MODEL", "the dialect's default"),
            shown("MODEL_DIALECT", "deepseek"),
            shown("MODEL_PRICE_INPUT", "the prices that this version knows"),
            shown("MODEL_PRICE_CACHED_INPUT", "the prices that this version knows"),
            shown("MODEL_PRICE_OUTPUT", "the prices that this version knows"),
            shown("MODEL_PRICES_FILE", NONE),
            secret("MODEL_HEADERS"),
            secret("MODEL_QUERY"),
            secret("HTTPS_PROXY"),
            shown("NO_PROXY", NONE),
            shown("DEEPSEEK_TRUST_STORE", "that of the JVM"),
            secret("DEEPSEEK_TRUST_STORE_PASSWORD"),
            shown("DEEPSEEK_CLIENT_CERTIFICATE", NONE),
            secret("DEEPSEEK_CLIENT_CERTIFICATE_PASSWORD"),
            shown("DEEPSEEK_ALLOW_PLAIN_HTTP", "false"),
            shown("MODEL_CLIENT", "netty"),
            secret("REDIS_URL"),
            shown("REDIS_PREFIX", "hybrid:"),
            shown("REDIS_CA_FILE", ""),
            secret("REDIS_INTEGRITY_SECRET"),
            secret("REDIS_ACCEPTED_INTEGRITY_SECRET"),
            shown("CACHE_TTL", "900"),
            shown("ENABLE_ANONYMIZATION", "true"),
            shown("FALLBACK_TO_LOCAL", "true"),
            shown("MAX_FAILURES_BEFORE_FALLBACK", "5"),
            shown("INFERENCE_TIMEOUT_MS", "3000"),
            shown("DAILY_BUDGET_USD", "no cap"),
            shown("HOST", "127.0.0.1"),
            shown("PORT", "8000"),
            shown("ALLOWED_HOSTS", "localhost and addresses"),
            secret("API_TOKEN"),
            shown("FEATURES_FILE", NONE),
            shown("ROUTER_FILE", NONE));

    private static Variable secret(String name) {
        return new Variable(name, "not set", true);
    }

    private static Variable shown(String name, String standard) {
        return new Variable(name, standard, false);
    }
}
