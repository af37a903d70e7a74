/** What the documents say, held against the code. */
package io.github.hybridinference.examples.docs;
