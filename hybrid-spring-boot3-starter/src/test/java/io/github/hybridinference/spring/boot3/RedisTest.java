package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.RedisContract;

class RedisTest extends RedisContract {}
