package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.WebContract;

class WebTest extends WebContract {}
