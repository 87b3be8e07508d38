package dev.neap.lint;

import dev.neap.change.Change;
import dev.neap.change.operation.Operation;
import dev.neap.change.operation.RunSql;
import dev.neap.change.yaml.Allowed;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.change.yaml.ChangeFileException;
import dev.neap.sql.SqlScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What is dangerous about a change file beyond what Neap sees to by itself. */
public final class ChangeLinter {

    /** Operations whose keyword alone says that data goes for good. */
    private static final Set<String> DESTROYING = Set.of("drop_column", "drop_table", "delete");

    private final ChangeFile file;
    private final Function<SqlFile, Verdict> ask;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<Rule> unsure = EnumSet.noneOf(Rule.class);

    private ChangeLinter(ChangeFile file, Function<SqlFile, Verdict> ask) {
        this.file = file;
        this.ask = ask;
    }

    /** A file that can't be read: each mistake is a finding. */
    public static List<Finding> mistakes(ChangeFileException error) {
        return Linter.sorted(error.problems()
                .stream()
                .map(located -> new Finding(
                        Rule.CHANGE_FILE,
                        new Spot(error.source(), located.line(), 1),
                        located.problem().fact(),
                        located.problem().remedy())));
    }

    /**
     * A file that can be read.
     *
     * @param allowed what its key lint says
     * @param ask what PostgreSQL says of its own SQL; of what shares a transaction, up to the first that fails
     */
    public static List<Finding> lint(ChangeFile file, List<Allowed> allowed, Function<SqlFile, Verdict> ask) {
        ChangeLinter linter = new ChangeLinter(file, ask);
        Change change = file.change();
        linter.operations("operations", change.operations());
        linter.operations("contract", change.contract());
        List<Waiver> waivers = allowed.stream()
                .map(one -> new Waiver(
                        one.rule(), one.reason(), new Spot(file.source(), one.line(), 1), 1, Integer.MAX_VALUE))
                .toList();
        return Linter.sorted(Waiver.apply(waivers, linter.findings, linter.unsure).stream());
    }

    private void operations(String list, List<Operation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            String at = "%s[%d].%s".formatted(list, i, operation.keyword());
            if (operation instanceof RunSql raw) {
                raw(at, raw);
            }
            boolean destroys = DESTROYING.contains(operation.keyword())
                    || (operation instanceof RunSql raw && raw.back().irreversible().isPresent());
            if (destroys && file.change().irreversible().isEmpty()) {
                findings.add(new Finding(
                        Rule.IRREVERSIBLE_UNDOCUMENTED,
                        new Spot(file.source(), file.line(at), 1),
                        "Operation %s takes data away for good, and the file has no key irreversible."
                                .formatted(operation.keyword()),
                        "Add irreversible with backup, retention and approval."));
            }
        }
    }

    /** A step of Neap's sets its own lock_timeout, and tries again. */
    private void raw(String at, RunSql raw) {
        List<SqlFile.Placed> placed = new ArrayList<>();
        for (int i = 0; i < raw.up().size(); i++) {
            Spot spot = new Spot(file.source(), file.line("%s.up[%d]".formatted(at, i)), 1);
            try {
                SqlScript.of(raw.up().get(i))
                        .statements()
                        .forEach(statement -> placed.add(new SqlFile.Placed(statement, spot)));
            } catch (IllegalArgumentException e) {
                findings.add(new Finding(Rule.CHANGE_FILE, spot, String.valueOf(e.getMessage()), "Close it."));
                return;
            }
        }
        SqlFile statements = SqlFile.of(file.source(), placed, raw.how().transaction() == RunSql.Transaction.ONE);
        Verdict verdict = ask.apply(statements);
        Linter.unwaived(statements, verdict)
                .stream()
                .filter(finding -> finding.rule() != Rule.NO_LOCK_TIMEOUT
                        && finding.rule() != Rule.IRREVERSIBLE_UNDOCUMENTED)
                .forEach(findings::add);
        for (int i = 0; i < Math.min(placed.size(), verdict.judged().size()); i++) {
            Spot spot = placed.get(i).spot();
            AsDeclared.beyond(verdict.judged().get(i), AsDeclared.of(file.change().table(), raw))
                    .forEach(problem -> findings.add(
                            new Finding(Rule.NOT_AS_DECLARED, spot, problem.fact(), problem.remedy())));
        }
        // Whether there is a shadow depends on where Neap runs.
        unsure.addAll(verdict.whyNot().isPresent() ? FileWaivers.OF_RUNS : Set.of(Rule.NOT_JUDGED));
    }
}
