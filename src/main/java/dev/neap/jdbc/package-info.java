/** The thin layer over JDBC: error classes, transactions with local settings, retry delays. Imports no other room. */
@NullMarked
package dev.neap.jdbc;

import org.jspecify.annotations.NullMarked;
