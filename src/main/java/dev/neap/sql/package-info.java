/** SQL text that is safe to put together: identifiers, names and literals. Pure; knows no database connection. */
@NullMarked
package dev.neap.sql;

import org.jspecify.annotations.NullMarked;
