package dev.neap.rows;

import dev.neap.transform.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it was read.
 *
 * @param key as text, a value a column
 * @param version its {@code xmin}: whoever changes the row gives it another one
 * @param stored the columns to be written, as PostgreSQL prints them
 */
record ReadRow(List<String> key, String version, Row row, List<@Nullable String> stored) {}
