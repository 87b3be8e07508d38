@NullMarked
package dev.neap.jdbc;

import org.jspecify.annotations.NullMarked;
