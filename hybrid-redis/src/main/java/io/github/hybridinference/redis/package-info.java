/**
 * State that a fleet of engines shares through Redis: answers and questions in flight
 * ({@link io.github.hybridinference.redis.RedisSignalCache}) and the daily cap
 * ({@link io.github.hybridinference.redis.RedisBudget}).
 *
 * <pre>
 * RedisSignalCache  RedisBudget     what the engine sees; both are as good as absent while Redis is
 *        \            /
 *         Gateway                   every question bounded in time; Breaker; WriteBehind
 *            |
 *        RedisPort                  four commands
 *            |
 *        JedisPort                  Jedis: standalone, Sentinel or Cluster
 * </pre>
 */
@NullMarked
package io.github.hybridinference.redis;

import org.jspecify.annotations.NullMarked;
