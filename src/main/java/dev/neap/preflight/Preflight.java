package dev.neap.preflight;

import dev.neap.catalog.Answers;
import dev.neap.change.Problem;
import dev.neap.plan.Plan;
import dev.neap.plan.Refused;
import dev.neap.preflight.check.Check;
import dev.neap.preflight.check.Checks;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Severity;
import dev.neap.preflight.check.Target;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs all checks. One that can't be read says so in a finding; it never passes for one that found nothing. */
public final class Preflight {

    private static final String LIMITS = """
            SELECT set_config('statement_timeout', '5s', true), set_config('lock_timeout', '500ms', true)""";

    private Preflight() {}

    /** What all checks find, the worst first. */
    public static List<Finding> examine(Target target) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : Checks.ALL) {
            findings.addAll(examine(check, target));
        }
        findings.sort(null);
        return List.copyOf(findings);
    }

    /** What all checks find about a plan, on each of its tables, the worst first. */
    static List<Finding> examine(DataSource database, Plan plan, Answers answers) {
        return plan.grounds()
                .stream()
                .flatMap(ground -> examine(Target.of(database, plan.on(ground), answers)).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * Refuses a plan that a blocker stands against.
     *
     * @throws Refused with a problem for each
     */
    public static void admit(DataSource database, Plan plan, Answers answers) {
        List<Problem> blockers = examine(database, plan, answers).stream()
                .filter(finding -> finding.severity() == Severity.BLOCKER)
                .map(finding -> new Problem("table", finding.object() + ": " + finding.fact(), finding.remedy()))
                .toList();
        if (!blockers.isEmpty()) {
            throw new Refused(blockers);
        }
    }

    /** Whether any of them forbids the change. */
    public static boolean blocks(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.BLOCKER);
    }

    static List<Finding> examine(Check check, Target target) {
        // One transaction a check, so that a failed one does not take the next with it.
        TransactionTemplate transaction = readOnly(target.database());
        try {
            List<Finding> found = transaction.execute(status -> {
                JdbcClient.create(target.database()).sql(LIMITS).query((row, n) -> n).list();
                return check.find(target);
            });
            return found == null ? List.of() : found;
        } catch (DataAccessException | TransactionException e) {
            return List.of(new Finding(
                    Severity.WARNING,
                    check.id(),
                    "check " + check.id(),
                    "It could not be read: " + firstLine(e) + ".",
                    "Grant what is missing or try again; until then, nothing is known about this."));
        }
    }

    private static TransactionTemplate readOnly(DataSource database) {
        TransactionTemplate template = new TransactionTemplate(new JdbcTransactionManager(database));
        template.setReadOnly(true);
        return template;
    }

    private static String firstLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).lines().findFirst().orElse("no message").replaceAll("[.\\s]+$", "");
    }
}
