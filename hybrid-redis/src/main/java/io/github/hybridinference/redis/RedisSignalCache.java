package io.github.hybridinference.redis;

import io.github.hybridinference.cache.CacheState;
import io.github.hybridinference.cache.CachedSignal;
import io.github.hybridinference.cache.CallLease;
import io.github.hybridinference.cache.SignalCache;
import io.github.hybridinference.model.CacheKey;
import io.github.hybridinference.model.Deadline;
import io.github.hybridinference.redis.RedisFailure.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers that a fleet of engines shares through Redis, and the leases by which one engine sends a request and the others wait
 * for its answer.
 *
 * <pre>{@code
 * RedisSignalCache redis = RedisSignalCache.connect("redis://localhost:6379");
 * InferenceEngine engine = InferenceEngine.builder()
 *         .cache(SignalCache.tiered(SignalCache.inMemory(100_000), redis))
 *         .callLease(redis)
 *         .budget(RedisBudget.perDay("5.00", redis))
 *         ...
 * }</pre>
 *
 * <p>A look-up takes at most the time limit, connecting included. When Redis is down, slow, full, read-only or sends garbage,
 * a look-up is a miss. After a few failures in a row Redis is no longer called, so that look-ups take no time, and is probed
 * in the background until it is back. {@link #state()} says since when and why. Answers are written after the inference has
 * its answer, and a write may be dropped. Thread-safe; its threads are daemons.
 *
 * @since 0.1.0
 */
public final class RedisSignalCache implements SignalCache, CallLease, AutoCloseable {
    private static final CompletionStage<Optional<Lease>> GRANTED =
            CompletableFuture.completedStage(Optional.of(Lease.notHeld()));

    /** How many entries are read at once. */
    static final int MOST_AT_ONCE = 1_000;

    private static final int LONGEST_VALUE = SignalCodec.MAX_BYTES + Signatures.LENGTH;

    private final Gateway gateway;
    private final WriteBehind writes;
    private final RedisKeys keys;
    private final long ttlMs;
    private final long leaseMs;
    private final Optional<Signatures> signatures;
    private final Forgeries forgeries;
    private final LeaseTokens tokens;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder unreadable = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    RedisSignalCache(Gateway gateway, RedisKeys keys, Optional<Signatures> signatures, Duration ttl, Duration lease) {
        this.gateway = gateway;
        this.writes = new WriteBehind(gateway);
        this.keys = keys;
        this.ttlMs = ttl.toMillis();
        this.leaseMs = lease.toMillis();
        this.signatures = signatures;
        this.forgeries = new Forgeries(gateway.clock());
        this.tokens = new LeaseTokens(signatures, forgeries, gateway.clock(), leaseMs);
    }

    /**
     * Connects with the defaults. Waits up to a second for the first contact, and works without Redis until there is one.
     *
     * @param url {@code redis://host:port/database}, with {@code user:password@} before the host if need be;
     *     {@code rediss://} for TLS; {@code redis-sentinel://host:port,host:port/database#master} and
     *     {@code redis-cluster://host:port,host:port} for these forms, likewise
     * @return a new cache
     * @throws IllegalArgumentException if the address is malformed; the message does not repeat it
     * @throws IllegalStateException if the application brings a version of Jedis that does not fit, with what to set
     */
    public static RedisSignalCache connect(String url) {
        return builder(url).connect();
    }

    /**
     * Connects to the address in the environment variable {@code REDIS_URL}. {@code CACHE_TTL}, if set, is the longest an
     * entry is kept, in seconds; {@code REDIS_PREFIX} is {@link RedisSignalCacheBuilder#prefix}, and {@code REDIS_CA_FILE} the file
     * of {@link RedisSignalCacheBuilder#certificateAuthority}. {@code REDIS_INTEGRITY_SECRET} and {@code REDIS_ACCEPTED_INTEGRITY_SECRET}, if set, are the
     * secrets of {@link RedisSignalCacheBuilder#integritySecret} and {@link RedisSignalCacheBuilder#acceptedIntegritySecret}.
     *
     * @return a new cache
     * @throws IllegalStateException if {@code REDIS_URL} is not set, or the application brings a version of Jedis that does
     *     not fit, with what to set
     * @throws IllegalArgumentException if one of them is malformed; the message does not repeat it
     */
    public static RedisSignalCache fromEnv() {
        return fromEnv(System::getenv);
    }

    static RedisSignalCache fromEnv(Function<String, @Nullable String> env) {
        String url = env.apply("REDIS_URL");
        if (url == null || url.isBlank()) {
            throw new IllegalStateException("the environment variable REDIS_URL is not set");
        }
        RedisSignalCacheBuilder builder = builder(url.strip());
        String ttl = env.apply("CACHE_TTL");
        if (ttl != null && !ttl.isBlank()) {
            builder.ttl(seconds(ttl.strip()));
        }
        set(env.apply("REDIS_PREFIX"), builder::prefix);
        set(env.apply("REDIS_CA_FILE"), file -> builder.certificateAuthority(Path.of(file)));
        set(env.apply("REDIS_INTEGRITY_SECRET"), builder::integritySecret);
        set(env.apply("REDIS_ACCEPTED_INTEGRITY_SECRET"), builder::acceptedIntegritySecret);
        return builder.connect();
    }

    private static void set(@Nullable String value, Consumer<String> setter) {
        if (value != null && !value.isBlank()) {
            setter.accept(value.strip());
        }
    }

    private static Duration seconds(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("CACHE_TTL is a positive whole number of seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    /**
     * Starts a cache with other settings than the defaults.
     *
     * @param url the address, as for {@link #connect}
     * @return a new builder
     * @throws IllegalArgumentException if the address is malformed; the message does not repeat it
     * @throws IllegalStateException if there is no Jedis
     */
    public static RedisSignalCacheBuilder builder(String url) {
        return new RedisSignalCacheBuilder(JedisSetUp.checked(() -> RedisAddress.parse(url)));
    }

    Gateway gateway() {
        return gateway;
    }

    RedisKeys keys() {
        return keys;
    }

    /** Returns null: no entry is in this process. */
    @Override
    public @Nullable CachedSignal peek(CacheKey key, long nowMs) {
        return null;
    }

    @Override
    public CompletionStage<Optional<CachedSignal>> get(CacheKey key, long nowMs, Deadline deadline) {
        CompletableFuture<Optional<CachedSignal>> found =
                gateway.call(deadline, port -> read(port, key, nowMs), Optional.empty());
        if (found.isDone()) {
            count(found.join());
            return found;
        }
        return found.whenComplete((entry, neverThrown) -> count(entry));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Up to 1,000 keys are one command, in a cluster one for each slot, sent together; the time limit is that
     * of one look-up for each such part.
     */
    @Override
    public CompletionStage<Map<CacheKey, CachedSignal>> getAll(
            Collection<CacheKey> keys, long nowMs, Deadline deadline) {
        List<CacheKey> distinct = List.copyOf(new LinkedHashSet<>(keys));
        CompletableFuture<Map<CacheKey, CachedSignal>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (int from = 0; from < distinct.size(); from += MOST_AT_ONCE) {
            List<CacheKey> part = distinct.subList(from, Math.min(distinct.size(), from + MOST_AT_ONCE));
            CompletableFuture<Map<CacheKey, CachedSignal>> found =
                    gateway.callInBulk(deadline, port -> readAll(port, part, nowMs), Map.of());
            all = all.thenCombine(found, (sum, some) -> {
                hits.add(some.size());
                misses.add(part.size() - some.size());
                sum.putAll(some);
                return sum;
            });
        }
        return all;
    }

    private Map<CacheKey, CachedSignal> readAll(RedisPort port, List<CacheKey> part, long nowMs) {
        Map<CacheKey, CachedSignal> found = new HashMap<>();
        readPart(port, part, nowMs, found);
        return found;
    }

    /**
     * A value that is too long makes the whole reply unusable, so that it could hide all others: then each half is read by itself,
     * down to the one key, whose value is cut off.
     */
    private void readPart(RedisPort port, List<CacheKey> part, long nowMs, Map<CacheKey, CachedSignal> found) {
        if (part.size() == 1) {
            read(port, part.get(0), nowMs).ifPresent(entry -> found.put(part.get(0), entry));
            return;
        }
        List<byte[]> names = part.stream().map(keys::answer).toList();
        List<byte[]> values;
        try {
            values = port.readAll(names);
        } catch (RedisFailure failure) {
            if (failure.kind() != Kind.GARBAGE) {
                throw failure;
            }
            readPart(port, part.subList(0, part.size() / 2), nowMs, found);
            readPart(port, part.subList(part.size() / 2, part.size()), nowMs, found);
            return;
        }
        for (int i = 0; i < part.size(); i++) {
            CacheKey key = part.get(i);
            entry(key, names.get(i), values.get(i), nowMs).ifPresent(entry -> found.put(key, entry));
        }
    }

    private Optional<CachedSignal> read(RedisPort port, CacheKey key, long nowMs) {
        byte[] name = keys.answer(key);
        try {
            return entry(key, name, port.read(name, LONGEST_VALUE + 1), nowMs);
        } catch (RedisFailure failure) {
            if (failure.kind() != Kind.WRONG_TYPE) {
                throw failure;
            }
            unreadable.increment();
            if (signatures.isPresent()) {
                forgeries.found();
            }
            return Optional.empty();
        }
    }

    private Optional<CachedSignal> entry(CacheKey key, byte[] name, byte[] value, long nowMs) {
        if (value.length == 0) {
            return Optional.empty();
        }
        Optional<CachedSignal> entry = content(name, value).flatMap(content -> SignalCodec.decode(key, content));
        if (entry.isEmpty()) {
            unreadable.increment();
            return entry;
        }
        return entry.get().isValidAt(nowMs) ? entry : Optional.empty();
    }

    private Optional<byte[]> content(byte[] name, byte[] value) {
        if (signatures.isEmpty()) {
            return Optional.of(value);
        }
        Optional<byte[]> content = signatures.get().open(name, value);
        if (content.isEmpty()) {
            forgeries.found();
        }
        return content;
    }

    private void count(Optional<CachedSignal> entry) {
        (entry.isPresent() ? hits : misses).increment();
    }

    @Override
    public void put(CacheKey key, CachedSignal signal, long nowMs) {
        if (!signal.isValidAt(nowMs)) {
            return;
        }
        Optional<byte[]> value = SignalCodec.encode(key, signal);
        if (value.isEmpty()) {
            dropped.increment();
            return;
        }
        byte[] name = keys.answer(key);
        byte[] written = signatures.isPresent() ? signatures.get().sign(name, value.get()) : value.get();
        long lifeMs = Math.min(ttlMs, signal.validUntilMs() - signal.answeredAtMs());
        writes.add(
                port -> {
                    port.write(name, written, lifeMs);
                    gateway.accepted();
                },
                dropped::increment);
    }

    @Override
    public CompletionStage<Optional<Lease>> tryAcquire(CacheKey key, Deadline deadline) {
        if (!gateway.isHealthy() || gateway.refusesToWrite()) {
            return GRANTED;
        }
        HeldLease lease = new HeldLease(keys.lease(key), tokens, writes);
        Optional<Lease> granted = Optional.of(lease);
        return gateway.call(deadline, port -> acquire(port, lease) ? granted : Optional.empty(), granted);
    }

    private boolean acquire(RedisPort port, HeldLease lease) {
        boolean acquired = lease.acquire(port, leaseMs);
        if (acquired) {
            gateway.accepted();
        }
        return acquired;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Hits are entries that were found, could be read, and were valid at the time of the look-up. Values without a valid
     * signature are counted in {@code forged}, and are in {@code trouble} until none was found for ten minutes.
     */
    @Override
    public CacheState state() {
        return new CacheState(
                "redis",
                0,
                hits.sum(),
                misses.sum(),
                unreadable.sum(),
                forgeries.count(),
                dropped.sum(),
                gateway.trouble().or(forgeries::trouble),
                List.of());
    }

    /** Waits up to half a second for pending writes, and closes all connections. Later look-ups are misses. */
    @Override
    public void close() {
        writes.close();
        gateway.close();
    }
}
