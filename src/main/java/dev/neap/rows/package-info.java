/** The row path: rows are read ahead, changed by a Java class, and written back unless somebody else was quicker. */
@NullMarked
package dev.neap.rows;

import org.jspecify.annotations.NullMarked;
