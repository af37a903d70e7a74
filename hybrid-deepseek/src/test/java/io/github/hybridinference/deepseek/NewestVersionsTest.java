package io.github.hybridinference.deepseek;

import io.github.hybridinference.testing.NewestVersionsContract;

final class NewestVersionsTest extends NewestVersionsContract {}
