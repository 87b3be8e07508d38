package dev.neap.preflight;

import dev.neap.catalog.Answers;
import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.IndexText;
import dev.neap.catalog.Answers.Renamed;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Column;
import dev.neap.catalog.Index;
import dev.neap.catalog.ServerVersion;
import dev.neap.catalog.Snapshot;
import dev.neap.catalog.Table;
import dev.neap.change.BackfillOptions;
import dev.neap.change.Change;
import dev.neap.change.ChangeName;
import dev.neap.change.IrreversibleNote;
import dev.neap.change.PaceOptions;
import dev.neap.change.SynchronousCommit;
import dev.neap.change.WalCompression;
import dev.neap.change.operation.AddColumn;
import dev.neap.change.operation.BackfillRows;
import dev.neap.change.operation.DropColumn;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.RenameColumn;
import dev.neap.ddl.LockPolicy;
import dev.neap.plan.Plan;
import dev.neap.plan.Planner;
import dev.neap.session.ServerCompression;
import dev.neap.session.SessionSettings;
import dev.neap.sql.Identifier;
import dev.neap.sql.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans over one table of two million users. */
public final class Examples {

    private static final IrreversibleNote NOTE = new IrreversibleNote(
            "base backup of 1 March", "90 days", "DBA team, OPS-1423");
    private static final Identifier ID = Identifier.of("id");
    public static final Identifier EMAIL = Identifier.of("email");
    public static final Identifier VISITS = Identifier.of("visits");

    private Examples() {}

    public static PlanSettings settings() {
        return new PlanSettings(
                new LockPolicy(Duration.ofMillis(500), Duration.ofMinutes(10), Duration.ofHours(1)),
                Duration.ofMillis(250),
                SessionSettings.choose(
                        new SessionSettings.Wanted(SynchronousCommit.OFF, WalCompression.AUTO),
                        new ServerCompression(18, "off", List.of("pglz", "lz4"), "anna", true)),
                2,
                Optional.empty());
    }

    /** A new column from another, NOT NULL; then the other goes. */
    public static Plan computedColumn() {
        String at = "operations[0].add_column";
        Answers answers = new Answers(
                Map.of(at + ".type", "text"),
                Map.of(at + ".from", facts(Volatility.IMMUTABLE, EMAIL)),
                Map.of(at + ".type", false),
                Map.of());
        Operation add = new AddColumn(
                Identifier.of("email_normalized"), "text", Optional.empty(), Optional.of("lower(trim(email))"), true);
        return plan("normalize-email", answers, List.of(add), List.of(new DropColumn(EMAIL, Optional.empty())));
    }

    /** A column with an index gets another name. */
    public static Plan renamedColumn() {
        String at = "operations[0].rename_column";
        Answers answers = new Answers(
                Map.of(),
                Map.of(at + ".from", facts(Volatility.IMMUTABLE, EMAIL)),
                Map.of(),
                Map.of(
                        at,
                        new Renamed(
                                List.of(new IndexText(
                                        Identifier.of("users_email_key"), true, "USING btree (email_address)")),
                                List.of(),
                                List.of("COMMENT ON COLUMN public.users.email_address IS 'where to write to'"))));
        return plan(
                "rename-email",
                answers,
                List.of(new RenameColumn(EMAIL, Identifier.of("email_address"))),
                List.of());
    }

    /** Each row exactly once, of those that a condition chooses. */
    public static Plan countedVisits() {
        String at = "operations[0].backfill";
        Answers answers = new Answers(
                Map.of(),
                Map.of(
                        at + ".set.visits", facts(Volatility.IMMUTABLE, VISITS),
                        at + ".where", facts(Volatility.IMMUTABLE, EMAIL)),
                Map.of(),
                Map.of());
        return plan(
                "count-visits",
                answers,
                List.of(new BackfillRows(Map.of(VISITS, "visits + 1"), Optional.of("email IS NOT NULL"))),
                List.of());
    }

    private static ExpressionFacts facts(Volatility volatility, Identifier column) {
        return new ExpressionFacts("text", List.of(column), volatility, false, true);
    }

    private static Plan plan(String name, Answers answers, List<Operation> operations, List<Operation> contract) {
        Change change = new Change(
                new ChangeName(name),
                QualifiedName.of("public", "users"),
                operations,
                contract,
                BackfillOptions.none(),
                PaceOptions.none());
        return Planner.plan(contract.isEmpty() ? change : change.noting(NOTE), new Snapshot(users(), answers));
    }

    private static Table users() {
        return new Table(
                QualifiedName.of("public", "users"),
                16_384,
                Table.Kind.ORDINARY,
                List.of(
                        column(ID, 1, "bigint", true),
                        column(EMAIL, 2, "text", true),
                        column(VISITS, 3, "integer", false)),
                List.of(new Index(
                        Identifier.of("users_pkey"),
                        true,
                        true,
                        true,
                        true,
                        false,
                        true,
                        List.of(new Index.Part(Optional.of(ID), Optional.empty())),
                        "CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)")),
                List.of(),
                List.of(),
                List.of(),
                new Table.Shape(2_000_000, 466L << 20, 489L << 20),
                new ServerVersion(180_006));
    }

    private static Column column(Identifier name, int position, String type, boolean notNull) {
        return new Column(name, position, type, notNull, Optional.empty(), Column.Origin.PLAIN, Optional.empty());
    }
}
