package io.github.hybridinference.micrometer;

import io.github.hybridinference.testing.NewestVersionsContract;

final class NewestVersionsTest extends NewestVersionsContract {}
