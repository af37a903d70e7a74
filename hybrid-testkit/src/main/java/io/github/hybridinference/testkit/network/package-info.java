/**
 * A firm's network on loopback: a proxy that asks for a password, a certificate authority of one's own, and a server that
 * speaks TLS by it.
 */
@NullMarked
package io.github.hybridinference.testkit.network;

import org.jspecify.annotations.NullMarked;
