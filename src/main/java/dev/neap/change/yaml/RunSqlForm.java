package dev.neap.change.yaml;

import dev.neap.change.operation.RunSql;
import dev.neap.change.operation.RunSql.Back;
import dev.neap.change.operation.RunSql.Cost;
import dev.neap.change.operation.RunSql.How;
import dev.neap.change.operation.RunSql.Transaction;
import dev.neap.change.operation.RunSql.When;
import dev.neap.sql.QualifiedName;
import dev.neap.step.Lock;
import dev.neap.step.Work;
import java.util.List;
import java.util.Map;

/** How {@link RunSql} is written. */
final class RunSqlForm {

    private static final Key<List<String>> UP = Key.required(
            "up",
            new ListOf<>(Scalars.TEXT, "a list of statements", "Write a list with at least one statement."),
            "The statements, in order.",
            List.of("ALTER TABLE public.users SET (fillfactor = 90)"));
    private static final Key<List<String>> DOWN = Key.optional(
            "down",
            new ListOf<>(Scalars.TEXT, "a list of statements", "Write a list with at least one statement."),
            "The statements that take them back; either this or irreversible.",
            List.of("ALTER TABLE public.users RESET (fillfactor)"));
    private static final Key<String> IRREVERSIBLE = Key.optional(
            "irreversible", Scalars.WORDS, "Why nothing takes them back.", "the old definition is kept nowhere");
    private static final Key<Transaction> TRANSACTION = Key.optional(
            "transaction",
            Choices.of(Transaction.class, "a way to run statements"),
            "Whether all statements share a transaction (one, which is usual) or each runs outside of any (none): only for"
                    + " those that PostgreSQL refuses in a transaction.",
            "none");
    private static final Key<When> PHASE = Key.optional(
            "phase",
            Choices.of(When.class, "a phase"),
            "Whether they run first of all (expand, which is usual) or when the change is completed (contract).",
            "contract");
    private static final Key<Lock> LOCK = Key.optional(
            "lock",
            Choices.of(Lock.class, "a lock"),
            "The strongest lock that they take on the table; a stronger one takes them back before they commit.",
            "share_update_exclusive");
    private static final Key<Work> WORK = Key.optional(
            "work",
            Choices.of(Work.class, "work"),
            "The most that they do to the table's rows: catalog, if left out; more takes them back before they commit.",
            "scan");
    private static final Key<Map<QualifiedName, Lock>> ALSO_LOCKS = Key.optional(
            "also_locks",
            new MapOf<>(
                    Scalars.TABLE,
                    Choices.of(Lock.class, "a lock"),
                    "a mapping of tables to locks",
                    "Write each table with the strongest lock that is taken on it: {public.teams: share_row_exclusive}."),
            "Other tables that they lock, each with the strongest lock; any other takes them back before they commit.",
            Map.of("public.teams", "share_row_exclusive"));
    private static final Key<String> DONE_WHEN = Key.optional(
            "done_when",
            Scalars.TEXT,
            "A condition in SQL that is true once they have been run; needed where they do not commit together with the"
                    + " run's own record.",
            "to_regclass('public.users_email_trgm') IS NOT NULL");

    static final OperationForm FORM = OperationForm.of(
            RunSql.class,
            "sql",
            "Runs statements as they stand, for what no other operation does.",
            List.of(UP, DOWN, IRREVERSIBLE, TRANSACTION, PHASE, LOCK, WORK, ALSO_LOCKS, DONE_WHEN),
            fields -> new RunSql(
                    fields.get(UP),
                    new Back(fields.find(DOWN).orElse(List.of()), fields.find(IRREVERSIBLE)),
                    new How(fields.find(TRANSACTION).orElse(Transaction.ONE), fields.find(PHASE).orElse(When.EXPAND)),
                    new Cost(fields.find(LOCK), fields.find(WORK), fields.find(ALSO_LOCKS).orElse(Map.of())),
                    fields.find(DONE_WHEN)))
            .alsoInContract();

    private RunSqlForm() {}
}
