/** Tests against a real Redis, see {@link io.github.hybridinference.redis.TestRedis}, and against what stands in for a broken one. */
@NullMarked
package io.github.hybridinference.redis;

import org.jspecify.annotations.NullMarked;
