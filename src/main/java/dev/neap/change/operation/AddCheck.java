package dev.neap.change.operation;

import dev.neap.catalog.Answers.ExpressionFacts;
import dev.neap.catalog.Answers.Volatility;
import dev.neap.catalog.Constraint;
import dev.neap.catalog.Probe;
import dev.neap.catalog.Table;
import dev.neap.change.Problem;
import dev.neap.sql.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Adds a CHECK: at first for rows that are written from now on, then, once no row breaks it, for all.
 *
 * @param check the condition, over columns of the row
 */
public record AddCheck(Identifier name, String check) implements Operation {

    @Override
    public String keyword() {
        return "add_check";
    }

    @Override
    public Map<String, String> outline() {
        return Map.of("name", name.value(), "check", check);
    }

    @Override
    public List<Probe> probes(String at) {
        return List.of(new Probe.Condition(at + ".check", check));
    }

    @Override
    public List<Problem> check(Target target) {
        List<Problem> problems = new ArrayList<>(target.mustNotHaveConstraint("name", name));
        ExpressionFacts facts = facts(target);
        if (facts.subquery()) {
            problems.add(target.problem(
                    "check",
                    "Check %s reads other rows, which PostgreSQL does not look at again when they change."
                            .formatted(name),
                    "Use a foreign key or a trigger for what spans rows."));
        }
        if (facts.volatility() == Volatility.VOLATILE) {
            problems.add(target.problem(
                    "check",
                    "Check %s is volatile: a row that keeps it now may break it later.".formatted(name),
                    "Say it by the row's columns alone."));
        }
        return problems;
    }

    private ExpressionFacts facts(Target target) {
        return target.answers().expression(target.at() + ".check");
    }

    @Override
    public Table after(Target target) {
        return target.tableWith(Constraint.Kind.CHECK, name, facts(target).columns());
    }

    @Override
    public Parts parts(Target target) {
        return Parts.none()
                .constrain(new ConstraintSteps(target, name)
                        .unless(new OffendingRows(target.table())
                                .violations(name, check, facts(target).columns()))
                        .validated("check", "CHECK (" + check + ")"));
    }
}
