package io.github.hybridinference.spring.boot4;

import io.github.hybridinference.spring.AutoConfigurationContract;

class AutoConfigurationTest extends AutoConfigurationContract {}
