package dev.neap.change.operation;

import dev.neap.catalog.Column;
import dev.neap.catalog.Fact;
import dev.neap.catalog.Index;
import dev.neap.catalog.Table;
import dev.neap.change.ChangeName;
import dev.neap.sql.Identifier;
import dev.neap.sql.Literal;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table that an archive makes for itself: the columns that are kept, with their types, collations and NOT NULL, the
 * primary key if all of it is kept, and when each row came. No defaults (they would hold on to the sequences of the table
 * of old), no foreign keys, no triggers.
 *
 * @param like the table that the rows come from
 */
record ArchiveTable(ChangeName change, QualifiedName name, Table like, List<Identifier> columns) {

    private static final Identifier ARCHIVED_AT = Identifier.of("archived_at");

    DdlStep make() {
        return DdlStep.catalogOnly(
                Phase.EXPAND,
                "create-archive",
                "create table " + name,
                // Of other tables than the change's the catalog's snapshot says nothing.
                new Fact.Never(),
                "CREATE TABLE IF NOT EXISTS " + name + " (\n  " + definitions() + ")",
                "COMMENT ON TABLE " + name + " IS " + Literal.of(comment()))
                .under(Lock.NONE, Work.CATALOG)
                .undoneBy(
                        new Undo(
                                "drop table " + name + " if it is empty",
                                List.of(drop()),
                                Lock.NONE,
                                Conduct.TRANSACTION,
                                new Fact.Never())
                                .alsoLocking(name, Lock.ACCESS_EXCLUSIVE));
    }

    private String definitions() {
        Stream<String> kept = columns.stream().map(column -> definition(like.column(column).orElseThrow()));
        Stream<String> arrival = columns.contains(ARCHIVED_AT)
                ? Stream.empty()
                : Stream.of(ARCHIVED_AT + " timestamptz NOT NULL DEFAULT now()");
        return Stream.of(kept, arrival, primaryKey().stream())
                .flatMap(part -> part)
                .collect(Collectors.joining(",\n  "));
    }

    private static String definition(Column column) {
        return column.name() + " " + column.type()
                + column.collation().map(collation -> " COLLATE " + collation).orElse("")
                + (column.notNull() ? " NOT NULL" : "");
    }

    private Optional<String> primaryKey() {
        return like.indexes()
                .stream()
                .filter(Index::primary)
                .map(index -> index.keys().stream().flatMap(part -> part.column().stream()).toList())
                .filter(columns::containsAll)
                .map(key -> "PRIMARY KEY (" + key.stream().map(Identifier::sql).collect(Collectors.joining(", ")) + ")")
                .findFirst();
    }

    private String comment() {
        return "Made by change " + change + " of Neap.";
    }

    /**
     * Rows that were archived stay, and with them their table; so does one that somebody has taken for another use. Looked
     * into before it is locked, one that stays keeps nobody waiting.
     */
    private String drop() {
        return "DO " + Literal.dollarQuoted("neap", """

                BEGIN
                  IF obj_description(to_regclass(%1$s), 'pg_class') = %2$s THEN
                    IF NOT EXISTS (SELECT FROM %3$s) THEN
                      LOCK TABLE %3$s IN ACCESS EXCLUSIVE MODE;
                      IF NOT EXISTS (SELECT FROM %3$s) THEN
                        DROP TABLE %3$s;
                      END IF;
                    END IF;
                  END IF;
                END
                """
                .formatted(Literal.of(name.sql()), Literal.of(comment()), name));
    }
}
