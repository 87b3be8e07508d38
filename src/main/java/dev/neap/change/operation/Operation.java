package dev.neap.change.operation;

import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.QualifiedName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One typed entry of a change: what it wants, what PostgreSQL must be asked first, what stands against it, and the steps
 * that carry it out so that old and new code both work from the first step to the contract.
 *
 * <p>Everything here is pure: an operation decides, others do.
 */
public sealed interface Operation
        permits AddColumn, RenameColumn, ChangeType, SplitColumn, MergeColumns, WidenKey, SetNotNull, CreateIndex,
        DropColumn, BackfillRows, TransformRows, DeleteRows, ArchiveRows, CopyRows, RenameTable, DropTable,
        PartitionTable, RestructureTable, DropNotNull, SetDefault, AddCheck, AddUnique, AddPrimaryKey, AddForeignKey,
        DropConstraint,
        DropIndex, ReplaceIndex, RunSql {

    /** The word that stands for it in a change file. */
    String keyword();

    /** What it says, by key, as far as it belongs to the change's identity. */
    Map<String, String> outline();

    /**
     * What has to be asked of PostgreSQL before it can be planned, in order.
     *
     * @param at the operation's path in the file
     */
    List<Probe> probes(String at);

    /** Whether no other operation can stand beside it, since the table is another one afterwards. */
    default boolean isAlone() {
        return false;
    }

    /**
     * The same for an operation whose questions name what Neap creates for it.
     *
     * @param names of the change
     */
    default List<Probe> probes(String at, Names names) {
        return probes(at);
    }

    /**
     * What has to be asked about the tables that have to change with the change's own; empty if none has to.
     *
     * @param table the change's own; it may be among them, if it has to be known before anything can be asked
     * @param names of the change
     */
    default List<Neighbour> neighbours(String at, Table table, Names names) {
        return List.of();
    }

    /**
     * A table, and what is asked about it.
     *
     * @param probes by the table as it is, each under a path of its own
     */
    record Neighbour(QualifiedName table, Function<Table, List<Probe>> probes) {}

    /** Why it can't be done on this table; empty if it can. Called with all probes answered. */
    List<Problem> check(Target target);

    /** The table as the operations after this one find it. */
    Table after(Target target);

    /** Its share of the plan. Called only if {@link #check} found nothing. */
    Parts parts(Target target);
}
