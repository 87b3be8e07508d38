package dev.neap.backfill;

import dev.neap.sql.QualifiedName;
import java.util.List;

/**
 * A row that is not as it must be.
 *
 * @param table that it is in
 * @param name as {@link Ranges#name} has it
 * @param how in what it differs, as a clause
 */
public record PendingRow(QualifiedName table, List<String> name, String how) {}
