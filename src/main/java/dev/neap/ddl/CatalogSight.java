package dev.neap.ddl;

import dev.neap.catalog.CatalogReader;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Lookup;
import dev.neap.catalog.Table;
import dev.neap.jdbc.Transactions;
import dev.neap.jdbc.Transactions.Settings;
import dev.neap.sql.QualifiedName;
import java.time.Duration;

/** Tells from the catalog, as it is now, which facts about a table hold. */
final class CatalogSight {

    private final Transactions transactions;
    private final CatalogReader catalog;
    private final Duration lockTimeout;

    /** @param lockTimeout of what is asked in SQL */
    CatalogSight(Transactions transactions, CatalogReader catalog, Duration lockTimeout) {
        this.transactions = transactions;
        this.catalog = catalog;
        this.lockTimeout = lockTimeout;
    }

    /**
     * Reads the table only if a fact is about it: another step may have renamed it, or dropped it. Then a fact about it
     * throws {@link TableGone}.
     */
    Fact.Sight of(QualifiedName name) {
        return new Fact.Sight() {
            @Override
            public Table table() {
                return read(name);
            }

            @Override
            public boolean says(String sql) {
                return transactions.in(
                        Settings.none().lockTimeout(lockTimeout),
                        jdbc -> Boolean.TRUE.equals(
                                transactions.statements().queryForObject(sql, Boolean.class)));
            }
        };
    }

    private Table read(QualifiedName name) {
        return switch (catalog.lookup(name)) {
            case Lookup.Found found -> found.table();
            case Lookup.NotATable not ->
                throw new TableGone("%s is %s now, no table. Restore the table, or roll the change back."
                        .formatted(name, not.words()));
            case Lookup.Missing missing ->
                throw new TableGone("Table %s is gone. Restore it, or end the change by hand.".formatted(name));
        };
    }
}
