package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.LifecycleContract;

class LifecycleTest extends LifecycleContract {}
