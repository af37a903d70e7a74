/**
 * State that a fleet of engines shares through Redis: answers and in-flight calls
 * ({@link io.github.hybridinference.redis.RedisSignalCache}) and the daily cap
 * ({@link io.github.hybridinference.redis.RedisBudget}).
 *
 * <pre>
 * RedisSignalCache  RedisBudget     what the engine uses; without effect while Redis is away
 *        \            /
 *         Gateway                   limits the time of each call; RedisHealth; WriteBehind
 *            |
 *        RedisPort                  reads, writes, runs scripts
 *            |
 *        JedisPort                  Jedis: standalone, Sentinel or Cluster
 * </pre>
 */
@NullMarked
package io.github.hybridinference.redis;

import org.jspecify.annotations.NullMarked;
