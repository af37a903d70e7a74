package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.remote.Budget;

/** Cache and budget: in this process, or shared with others through Redis. */
final class SharedState {
    private SharedState() {}

    static void add(ServiceSettings settings, InferenceEngineBuilder builder) throws Mistake {
        if (!settings.redisUrl().isEmpty()) {
            throw new Mistake("REDIS_URL is not understood by this version");
        }
        if (!settings.dailyBudgetUsd().isEmpty()) {
            builder.budget(Budget.perDay(settings.dailyBudgetUsd()));
        }
    }
}
