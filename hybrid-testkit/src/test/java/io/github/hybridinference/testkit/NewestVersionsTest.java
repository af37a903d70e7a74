package io.github.hybridinference.testkit;

import io.github.hybridinference.testing.NewestVersionsContract;

final class NewestVersionsTest extends NewestVersionsContract {}
