package dev.neap.lint;

import static dev.neap.lint.Severity.ERROR;
import static dev.neap.lint.Severity.WARNING;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every danger that lint knows. The ids stay as they are: waivers and scripts name them. Each has a page under
 * src/docs/lint with an unsafe and a safe example, which a test runs.
 */
public enum Rule {
    // Indexes.
    BLOCKING_INDEX(ERROR, "An index is built while nobody can write",
            "Say CREATE INDEX CONCURRENTLY, alone and outside of a transaction."),
    DROP_INDEX_BLOCKING(ERROR, "An index is dropped under a lock that stops readers and writers",
            "Say DROP INDEX CONCURRENTLY, outside of a transaction."),
    REINDEX(ERROR, "An index is rebuilt while nobody can write",
            "Say REINDEX … CONCURRENTLY, outside of a transaction."),
    CONCURRENTLY_IN_TRANSACTION(ERROR, "CONCURRENTLY does not work in a transaction",
            "Put the statement into a file of its own that is run without a transaction, and say so in it:"
                    + " -- neap:transaction none."),
    CONCURRENTLY_UNDER_LOCK_TIMEOUT(WARNING,
            "A short lock_timeout breaks a concurrent build and leaves an invalid index",
            "SET lock_timeout = 0 (or a long one) before it: while it waits, it blocks nobody."),
    IF_NOT_EXISTS_BLIND(WARNING, "IF NOT EXISTS is content with an invalid index",
            "Look whether the index is there and valid (pg_index.indisvalid); drop an invalid one and build it again."),

    // Constraints.
    CONSTRAINT_WITHOUT_NOT_VALID(ERROR, "A constraint is checked against every row under a strong lock",
            "Add it NOT VALID, and VALIDATE CONSTRAINT afterwards in a transaction of its own."),
    SET_NOT_NULL_WITHOUT_CHECK(ERROR, "SET NOT NULL reads the whole table while nobody can use it",
            "Add CHECK (column IS NOT NULL) NOT VALID, validate it, then SET NOT NULL, then drop the check."),
    UNIQUE_BUILDS_INDEX(ERROR, "A unique constraint builds its index while nobody can use the table",
            "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … UNIQUE USING INDEX."),
    PRIMARY_KEY_BUILDS_INDEX(ERROR, "A primary key builds its index while nobody can use the table",
            "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … PRIMARY KEY USING INDEX."),
    PK_USING_INDEX_NULLABLE(ERROR, "A primary key on columns that may be NULL reads the whole table",
            "Make the columns NOT NULL first, by way of a valid CHECK (column IS NOT NULL)."),
    EXCLUSION_CONSTRAINT(ERROR, "An exclusion constraint is built while nobody can use the table",
            "There is no gentle way: build it on a new table that is filled meanwhile, or at an hour without users."),
    FK_DROP_LOCKS_BOTH(WARNING, "Dropping a foreign key locks both of its tables",
            "Do it alone in its transaction, under a short lock_timeout, and try again."),
    SCAN_UNDER_LOCK(ERROR, "A table is read while a strong lock is held",
            "Do what reads in a transaction of its own, after the one that takes the strong lock."),

    // Columns.
    VOLATILE_DEFAULT(ERROR, "A default that differs from row to row rewrites the table",
            "Add the column without it, SET DEFAULT for new rows, and fill the old rows in batches."),
    IDENTITY_COLUMN(ERROR, "A serial or identity column rewrites the table",
            "Add a plain column, fill it in batches, then ADD GENERATED … AS IDENTITY."),
    GENERATED_STORED(ERROR, "A stored generated column rewrites the table",
            "Add a plain column that a trigger computes, and fill the old rows in batches."),
    CONSTRAINED_DOMAIN(ERROR, "A column of a domain with a constraint rewrites the table",
            "Use the domain's base type with a CHECK that is added NOT VALID and validated."),
    ADD_COLUMN_CHECK(ERROR, "A new column's CHECK reads the whole table while nobody can use it",
            "Add the column alone; then ADD CONSTRAINT … CHECK … NOT VALID, and validate it."),
    ADD_COLUMN_UNIQUE(ERROR, "A new column's unique constraint builds its index while nobody can use the table",
            "Add the column alone; then CREATE UNIQUE INDEX CONCURRENTLY and UNIQUE USING INDEX."),
    ADD_COLUMN_REFERENCES(ERROR, "A new column's foreign key reads both tables under strong locks",
            "Add the column alone; then ADD FOREIGN KEY … NOT VALID, and validate it."),
    NOT_NULL_WITHOUT_DEFAULT(ERROR, "A NOT NULL column without a default fails on any table with rows",
            "Give it a constant default; or add it nullable, fill it in batches and make it NOT NULL afterwards."),
    REWRITING_TYPE_CHANGE(ERROR, "A change of type rewrites the table",
            "Add a column of the new type, keep both in step, fill it in batches, then swap them."),
    TYPE_CHANGE_REBUILDS_INDEX(ERROR, "A change of type rebuilds indexes while nobody can use the table",
            "Drop the index before (CONCURRENTLY) and build it again afterwards, or change by way of a new column."),
    TYPE_CHANGE_RECHECKS(ERROR, "A change of type checks a constraint again on every row",
            "Drop the constraint before, and add it again NOT VALID and validate it; or change by way of a new column."),

    // What running code knows.
    DROP_BEFORE_CODE_IS_OFF(WARNING, "Code that still uses it fails at once",
            "Deploy code that does not know it first; then waive this with the release that did so as the reason."),
    DROP_CASCADE(ERROR, "CASCADE drops what you have not looked at",
            "Drop by name, in an order of yours, what depends on it."),
    RENAME(ERROR, "A renamed object breaks all running code at once",
            "Add the new name beside the old one, keep both in step, move the code, then drop the old one."),
    IRREVERSIBLE_UNDOCUMENTED(WARNING, "Data goes for good, and the file says nothing of a backup",
            "Say in a comment that it is IRREVERSIBLE, where the BACKUP lies and how long it is kept."),

    // Whole tables.
    SET_UNLOGGED(ERROR, "SET LOGGED or UNLOGGED rewrites the table",
            "Make a new table that follows it, and let the two change places: restructure_table."),
    TABLESPACE(ERROR, "SET TABLESPACE copies the table while nobody can use it",
            "Make a new table there that follows it, and let the two change places: restructure_table."),
    CLUSTER(ERROR, "CLUSTER rewrites the table while nobody can use it", "Use pg_repack, which does so online."),
    VACUUM_FULL(ERROR, "VACUUM FULL rewrites the table while nobody can use it",
            "Plain VACUUM makes room for new rows; restructure_table, or pg_repack, gives room back online."),
    REFRESH_MATVIEW(ERROR, "A refresh locks readers out of the materialized view",
            "Give it a unique index, and say REFRESH MATERIALIZED VIEW CONCURRENTLY."),
    TRUNCATE(ERROR, "TRUNCATE takes every row under a lock that stops all",
            "Delete in batches, or drop whole partitions."),
    ATTACH_WITHOUT_CHECK(ERROR, "ATTACH PARTITION reads the new partition under a lock that stops all",
            "Add to it a CHECK that says what the bounds say, NOT VALID, and validate it before."),
    ATTACH_WITH_DEFAULT_PARTITION(ERROR,
            "A new partition reads all of the DEFAULT partition under a lock that stops all",
            "Add to the DEFAULT partition a CHECK that excludes the new bounds, NOT VALID, and validate it before."),
    CREATE_PARTITION_OF(WARNING, "CREATE TABLE … PARTITION OF locks readers and writers out of the parent",
            "CREATE TABLE … (LIKE parent INCLUDING ALL), then ATTACH PARTITION, which does not."),
    DETACH_PARTITION(WARNING, "DETACH PARTITION locks readers and writers out of the parent",
            "Say DETACH PARTITION … CONCURRENTLY, outside of a transaction."),
    TABLE_REWRITE(ERROR, "A table is rewritten while nobody can use it",
            "Make a new table or column beside it and fill it in batches."),
    EXPLICIT_LOCK(WARNING, "LOCK TABLE keeps others out until the transaction ends",
            "Leave it out, or take a weaker lock."),

    // Transactions.
    NO_LOCK_TIMEOUT(ERROR, "Without a lock_timeout everyone queues behind a statement that waits",
            "SET lock_timeout = '2s' at the top of the file, and try again when it fails."),
    LONG_LOCK_TIMEOUT(WARNING, "All readers and writers may wait as long as the lock_timeout",
            "Set it to a few seconds at most, and try again when it fails."),
    SEVERAL_STRONG_LOCKS(ERROR, "One transaction takes strong locks on several tables",
            "One strong lock a transaction: put each into a file of its own."),
    MIXED_DDL_DML(ERROR, "Rows are changed in the same migration as structure",
            "Put the rows into a migration of their own, between the structure before and the structure after."),
    NO_TRANSACTION_SAFETY(WARNING, "Where the file fails half-way, it can't be run again",
            "Put the statement between BEGIN and COMMIT with its kin, or into a file of its own, or guard it."),

    // Rows.
    UNBATCHED_BACKFILL(ERROR, "One statement changes any number of rows",
            "Work in batches by ranges of the key, each in its own transaction."),
    OFFSET_PAGINATION(WARNING, "OFFSET reads all rows before it again for each page, and passes over some",
            "Remember the last key, and say WHERE key > it ORDER BY key LIMIT n."),
    DO_BLOCK(WARNING, "What a DO block does depends on what it finds",
            "Write the statements out; where it loops over rows, use a backfill."),

    // Lint itself.
    NOT_JUDGED(ERROR, "PostgreSQL could not be asked what a statement does",
            "Give the schema that it works on with --url or --schema-dump; or waive this with how you know better."),
    STATEMENT_FAILS(ERROR, "A statement fails on an empty copy of the schema", "Mend it."),
    NOT_AS_DECLARED(ERROR, "A change's own SQL does more than its file says",
            "Do it by a statement that does less, or say in the file what it costs."),
    CHANGE_FILE(ERROR, "A change file has a mistake", "Mend it."),
    WAIVER(ERROR, "A waiver is not one", "Mend it, or remove it.");

    private final Severity severity;
    private final String title;
    private final String remedy;

    Rule(Severity severity, String title, String remedy) {
        this.severity = severity;
        this.title = title;
        this.remedy = remedy;
    }

    /** {@code blocking-index}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** What is dangerous, in a few words without a full stop. */
    public String title() {
        return title;
    }

    /** What to do instead, where a finding knows nothing better: a sentence. */
    public String remedy() {
        return remedy;
    }

    /** Its page, from the top of the project. */
    public String page() {
        return "src/docs/lint/" + id() + ".md";
    }

    /** Whether somebody may say that it does not matter in one place. */
    public boolean mayBeWaived() {
        return this != WAIVER && this != CHANGE_FILE;
    }

    public static Optional<Rule> of(String id) {
        return Stream.of(values()).filter(rule -> rule.id().equals(id)).findFirst();
    }
}
