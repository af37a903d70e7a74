package io.github.hybridinference.redis;

import io.github.hybridinference.testing.NewestVersionsContract;

final class NewestVersionsTest extends NewestVersionsContract {}
