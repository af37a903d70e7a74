package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.WebContract;

class WebTest extends WebContract {}
