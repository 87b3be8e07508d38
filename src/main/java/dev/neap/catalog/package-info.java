/** What PostgreSQL's catalog says about one table, as plain records, and the reader that asks it. */
@NullMarked
package dev.neap.catalog;

import org.jspecify.annotations.NullMarked;
