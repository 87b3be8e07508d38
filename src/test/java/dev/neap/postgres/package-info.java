/** Real PostgreSQL servers and databases for tests. */
@NullMarked
package dev.neap.postgres;

import org.jspecify.annotations.NullMarked;
