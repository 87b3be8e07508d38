/**
 * What is dangerous about SQL migrations and change files, each danger under a stable id with a page of its own. Pure:
 * what PostgreSQL itself says of a statement is handed in as its {@link dev.neap.lint.Effect}.
 */
@NullMarked
package dev.neap.lint;

import org.jspecify.annotations.NullMarked;
