package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.LifecycleContract;

class LifecycleTest extends LifecycleContract {}
