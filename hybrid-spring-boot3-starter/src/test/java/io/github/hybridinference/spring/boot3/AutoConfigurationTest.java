package io.github.hybridinference.spring.boot3;

import io.github.hybridinference.spring.AutoConfigurationContract;

class AutoConfigurationTest extends AutoConfigurationContract {}
