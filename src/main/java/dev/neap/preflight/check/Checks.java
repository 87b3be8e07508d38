package dev.neap.preflight.check;

import java.util.List;

/** All checks, in the order in which they run: those first that explain why a later one may fail. */
public final class Checks {

    public static final List<Check> ALL = List.of(
            new ServerVersionSupported(),
            new Standby(),
            new ReadOnlySessions(),
            new Pooler(),
            new TableOwner(),
            new RowPrivileges(),
            new WriterPrivileges(),
            new NeapSchema(),
            new TemporaryTables(),
            new StatisticsPrivilege(),
            new ConnectionsLeft(),
            new SessionTimeouts(),
            new LongTransactions(),
            new IdleInTransaction(),
            new PreparedTransactions(),
            new Horizon(),
            new ReplicationSlots(),
            new Standbys(),
            new Publications(),
            new Subscriptions(),
            new WalArchiving(),
            new InvalidIndexes(),
            new UpdateTriggers(),
            new DeleteTriggers(),
            new RewriteRules(),
            new ForeignKeys(),
            new UnindexedForeignKey(),
            new RowsInTheWay(),
            new IndexInUse(),
            new Destinations(),
            new RowSecurity(),
            new Partitioning(),
            new UnloggedTables(),
            new Autovacuum(),
            new DeadTuples(),
            new Wraparound(),
            new MissingStatistics(),
            new HotUpdates(),
            new StableExpressions(),
            new MaintenanceAtWork(),
            new RepackTriggers(),
            new DiskRoom(),
            new SuperfluousNote());

    private Checks() {}
}
