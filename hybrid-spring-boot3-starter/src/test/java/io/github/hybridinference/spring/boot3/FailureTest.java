package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.FailureContract;

class FailureTest extends FailureContract {}
