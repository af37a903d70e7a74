/** Claude by its official client, and chat models of two frameworks, as models of an engine: to copy from. */
package io.github.hybridinference.examples.ownmodel;
