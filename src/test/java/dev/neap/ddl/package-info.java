/** Changes of structure against servers that are in use. */
@NullMarked
package dev.neap.ddl;

import org.jspecify.annotations.NullMarked;
