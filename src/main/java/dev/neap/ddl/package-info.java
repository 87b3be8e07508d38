/** Executes DDL steps: lock timeouts, retries, concurrent index builds, and a look at the catalog first. */
@NullMarked
package dev.neap.ddl;

import org.jspecify.annotations.NullMarked;
