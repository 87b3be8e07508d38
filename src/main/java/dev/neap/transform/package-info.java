/**
 * What a Java class needs to change rows for Neap. This is all that such a class compiles against: it stays as it is, and
 * knows nothing of Neap, Spring or JDBC.
 */
@NullMarked
package dev.neap.transform;

import org.jspecify.annotations.NullMarked;
