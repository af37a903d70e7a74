package io.github.hybridinference.openai;

import io.github.hybridinference.testing.NewestVersionsContract;

final class NewestVersionsTest extends NewestVersionsContract {}
