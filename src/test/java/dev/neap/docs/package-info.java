/** The documents, tested. */
@NullMarked
package dev.neap.docs;

import org.jspecify.annotations.NullMarked;
