package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.RedisContract;

class RedisTest extends RedisContract {}
