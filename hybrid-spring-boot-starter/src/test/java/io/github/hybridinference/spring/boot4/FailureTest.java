package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.FailureContract;

class FailureTest extends FailureContract {}
