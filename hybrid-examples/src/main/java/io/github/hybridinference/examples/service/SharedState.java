package io.github.hybridinference.examples.service;

import io.github.hybridinference.InferenceEngineBuilder;
import io.github.hybridinference.budget.Budget;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.lab.command.CommandException;
import io.github.hybridinference.redis.RedisBudget;
import io.github.hybridinference.redis.RedisSignalCache;
import io.github.hybridinference.redis.RedisSignalCacheBuilder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Cache and budget: in this process, or shared with others through Redis. */
final class SharedState {
    private static final long ENTRIES = 100_000;

    private SharedState() {}

    static void add(ServiceSettings settings, InferenceEngineBuilder builder) throws CommandException {
        String cap = settings.dailyBudgetUsd();
        if (settings.redisUrl().isEmpty()) {
            if (!cap.isEmpty()) {
                builder.budget(Budget.perDay(cap));
            }
            return;
        }
        RedisSignalCache redis = connect(settings);
        builder.cache(SignalCache.tiered(SignalCache.inMemory(ENTRIES), redis)).callLease(redis);
        if (!cap.isEmpty()) {
            builder.budget(RedisBudget.perDay(cap, redis));
        }
    }

    private static RedisSignalCache connect(ServiceSettings settings) throws CommandException {
        try {
            RedisSignalCacheBuilder redis =
                    RedisSignalCache.builder(settings.redisUrl()).ttl(settings.cacheTtl());
            set("REDIS_PREFIX", settings.redisPrefix(), redis::prefix);
            set("REDIS_CA_FILE", settings.redisCaFile(), file -> redis.certificateAuthority(Path.of(file)));
            settings.integrity().addTo(redis);
            return redis.connect();
        } catch (IllegalArgumentException refused) {
            throw new CommandException("REDIS_URL cannot be used: " + refused.getMessage()); // never repeats the value
        }
    }

    private static void set(String name, String value, Consumer<String> setter) throws CommandException {
        try {
            if (!value.isEmpty()) {
                setter.accept(value);
            }
        } catch (InvalidPathException hasThePath) {
            throw new CommandException(name + " is no path");
        } catch (IllegalArgumentException refused) {
            throw new CommandException(name + " cannot be used: " + refused.getMessage()); // never repeats the value
        }
    }
}
