package dev.neap.change.operation;

import dev.neap.catalog.Fact;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.QualifiedName;
import dev.neap.sql.SqlScript;
import dev.neap.sql.SqlStatement;
import dev.neap.sql.SqlStatement.Sort;
import dev.neap.step.Conduct;
import dev.neap.step.DdlStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.Undo;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Statements that the author wrote, for what no other operation does: all in one transaction under a short lock_timeout, or
 * each by itself outside of one. What they do is not known before, so they are held to what the author says of them: before
 * the transaction commits its locks, rewrites and scans are compared with that.
 *
 * @param up what is done; at least one statement in each entry
 * @param back how it is taken back, or why it can't be
 * @param how in a transaction or not, and in which phase
 * @param cost what the author says that it costs others
 * @param doneWhen a condition that tells that it has been done; the run's own record does if it is empty
 */
public record RunSql(List<String> up, Back back, How how, Cost cost, Optional<String> doneWhen) implements Operation {

    /** What its steps are called in a plan. */
    public static final String SLUG = "sql";

    private static final int TITLE = 60;

    /** Whether statements share a transaction. */
    public enum Transaction {
        ONE,
        NONE
    }

    /** When they run. */
    public enum When {
        EXPAND,
        CONTRACT
    }

    /**
     * @param down statements; empty if there is no way back
     * @param irreversible why there is none
     */
    public record Back(List<String> down, Optional<String> irreversible) {
        public Back {
            down = List.copyOf(down);
        }
    }

    public record How(Transaction transaction, When phase) {}

    /**
     * @param lock the strongest on the change's table; ACCESS EXCLUSIVE, or ROW EXCLUSIVE where only rows are changed, if
     *     it is empty
     * @param work the most that is done to its rows; the catalog only, if it is empty
     * @param others the strongest on other relations
     */
    public record Cost(Optional<Lock> lock, Optional<Work> work, Map<QualifiedName, Lock> others) {}

    public RunSql {
        up = List.copyOf(up);
    }

    @Override
    public String keyword() {
        return "sql";
    }

    @Override
    public Map<String, String> outline() {
        Map<String, String> outline = new TreeMap<>();
        outline.put("up", String.join(";\n", up));
        if (!back.down().isEmpty()) {
            outline.put("down", String.join(";\n", back.down()));
        }
        back.irreversible().ifPresent(why -> outline.put("irreversible", why));
        doneWhen.ifPresent(condition -> outline.put("done_when", condition));
        outline.put("transaction", how.transaction().toString());
        outline.put("phase", how.phase().toString());
        cost.lock().ifPresent(lock -> outline.put("lock", lock.sql()));
        cost.work().ifPresent(work -> outline.put("work", work.toString()));
        cost.others().forEach((relation, lock) -> outline.put("also_locks." + relation.sql(), lock.sql()));
        return outline;
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of();
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(SqlChecks.of(target, how.transaction(), "up", up));
        problems.addAll(SqlChecks.of(target, how.transaction(), "down", back.down()));
        doneWhen.ifPresent(condition -> problems.addAll(SqlChecks.ofCondition(target, "done_when", condition)));
        if (back.down().isEmpty() == back.irreversible().isEmpty()) {
            problems.add(target.problem(
                    "",
                    back.down().isEmpty()
                            ? "Nothing says how these statements are taken back."
                            : "It has both a down and an irreversible.",
                    "Write down with the statements that take it back, or irreversible with the reason why there are"
                            + " none."));
        }
        if (contracts(target) && !back.down().isEmpty()) {
            problems.add(target.problem(
                    "down",
                    "A contract is never taken back, so this would never run.",
                    "Write irreversible with the reason, or let it run in phase: expand."));
        }
        if (doneWhen.isEmpty() && needsCondition()) {
            problems.add(target.problem(
                    "done_when",
                    "Nothing would tell after a crash whether it was done: only a transaction that touches no more than"
                            + " the catalog commits together with the run's record of it.",
                    "Add done_when with a condition that is true once it is done."));
        }
        return problems;
    }

    private boolean needsCondition() {
        return how.transaction() == Transaction.NONE || work() != Work.CATALOG;
    }

    private boolean contracts(Target target) {
        return contracts(target.at());
    }

    /** Whether it waits for the command that completes the change. */
    public boolean contracts(String at) {
        return how.phase() == When.CONTRACT || at.startsWith("contract[");
    }

    /** The most that the author says is done to rows. */
    public Work work() {
        return cost.work().orElse(Work.CATALOG);
    }

    /** What the statements make of the table is not known; operations after this one are planned as if it were nothing. */
    @Override
    public Table after(Target target) {
        return target.table();
    }

    @Override
    public Parts parts(Target target) {
        boolean contract = contracts(target);
        DdlStep step = step(contract ? Phase.CONTRACT : Phase.EXPAND);
        return contract
                ? Parts.none().contract(step).gate("no running code needs what goes by: " + step.title())
                : Parts.none().expand(step);
    }

    private DdlStep step(Phase phase) {
        List<SqlStatement> statements = statements(up);
        Fact done = doneWhen.<Fact>map(condition -> new Fact.Says("SELECT (" + condition + ")", "done_when"))
                .orElseGet(Fact.Recorded::new);
        DdlStep step = conducted(
                DdlStep.catalogOnly(phase, SLUG, title(statements), done, texts(statements))
                        .under(lock(statements), work()));
        for (Map.Entry<QualifiedName, Lock> other : byName().values()) {
            step = step.alsoLocking(other.getKey(), other.getValue(), work());
        }
        return back.irreversible().isPresent()
                ? step.destroying(back.irreversible().get())
                : step.undoneBy(undo(done));
    }

    private Map<String, Map.Entry<QualifiedName, Lock>> byName() {
        Map<String, Map.Entry<QualifiedName, Lock>> named = new TreeMap<>();
        cost.others().entrySet().forEach(other -> named.put(other.getKey().sql(), other));
        return named;
    }

    private DdlStep conducted(DdlStep step) {
        return switch (how.transaction()) {
            case ONE -> step;
            case NONE -> step.outsideOfTransactions();
        };
    }

    private Undo undo(Fact done) {
        List<SqlStatement> statements = statements(back.down());
        Undo undo = new Undo(
                title(statements),
                List.of(texts(statements)),
                lock(statements),
                how.transaction() == Transaction.ONE ? Conduct.TRANSACTION : Conduct.CONCURRENT,
                done instanceof Fact.Recorded ? done : done.negated());
        for (Map.Entry<QualifiedName, Lock> other : byName().values()) {
            undo = undo.alsoLocking(other.getKey(), other.getValue());
        }
        return undo;
    }

    /** The strongest lock on the change's table that the author says {@code up} takes. */
    public Lock lock() {
        return lock(statements(up));
    }

    private Lock lock(List<SqlStatement> statements) {
        boolean rows = statements.stream().allMatch(statement -> switch (statement.sort()) {
            case ROWS, QUERY, SETTING -> true;
            case STRUCTURE, CODE, TRANSACTION, MAINTENANCE, OTHER -> false;
        });
        return cost.lock()
                .orElse(
                        how.transaction() == Transaction.NONE
                                ? Lock.SHARE_UPDATE_EXCLUSIVE
                                : rows ? Lock.ROW_EXCLUSIVE : Lock.ACCESS_EXCLUSIVE);
    }

    private static List<SqlStatement> statements(List<String> texts) {
        return texts.stream().flatMap(text -> SqlScript.of(text).statements().stream()).toList();
    }

    private static String[] texts(List<SqlStatement> statements) {
        return statements.stream().map(SqlStatement::text).toArray(String[]::new);
    }

    /** The first of them that does something, shortened. */
    private static String title(List<SqlStatement> statements) {
        String text = statements.stream()
                .filter(statement -> statement.sort() != Sort.SETTING)
                .findFirst()
                .orElse(statements.getFirst())
                .text()
                .replaceAll("\\s+", " ");
        return "run " + (text.codePointCount(0, text.length()) <= TITLE
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TITLE)) + "…");
    }
}
