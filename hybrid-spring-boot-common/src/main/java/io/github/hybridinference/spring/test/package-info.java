/** For the tests of an application. */
@NullMarked
package io.github.hybridinference.spring.test;

import org.jspecify.annotations.NullMarked;
