package dev.neap.lint;

import dev.neap.change.Problem;
import dev.neap.change.yaml.Allowed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The waivers of a change file as a run heeds them: they are about what PostgreSQL itself says of the change's own SQL. Those
 * of other rules are lint's to look at.
 */
public final class FileWaivers {

    /** The rules that a run is held to. */
    public static final Set<Rule> OF_RUNS = Set.of(Rule.NOT_JUDGED, Rule.NOT_AS_DECLARED, Rule.STATEMENT_FAILS);

    private FileWaivers() {}

    /** What stands against a run, with its place in the file. */
    public record Objection(Rule rule, Problem problem) {
        public Objection {
            if (!OF_RUNS.contains(rule)) {
                throw new IllegalArgumentException("No run is held to rule " + rule.id() + ".");
            }
        }
    }

    /** An objection, and why somebody says that it does not matter. */
    public record Waived(Objection objection, String reason) {}

    /**
     * @param left what is not waived, and what is wrong with waivers
     */
    public record Sifted(List<Problem> left, List<Waived> waived) {
        public Sifted {
            left = List.copyOf(left);
            waived = List.copyOf(waived);
        }
    }

    /**
     * @param unsure rules of which nobody can tell here whether a waiver is needed
     */
    public static Sifted sift(List<Allowed> allowed, List<Objection> objections, Set<Rule> unsure) {
        List<Objection> left = new ArrayList<>(objections);
        List<Waived> waived = new ArrayList<>();
        List<Problem> mistakes = new ArrayList<>();
        for (int i = 0; i < allowed.size(); i++) {
            Allowed one = allowed.get(i);
            String at = "lint.allow[%d]".formatted(i);
            Optional<Problem> mistake = Waiver.mistake(one.rule(), one.reason(), rule -> {
                left.stream()
                        .filter(objection -> objection.rule() == rule)
                        .forEach(objection -> waived.add(new Waived(objection, one.reason())));
                return left.removeIf(objection -> objection.rule() == rule)
                        || unsure.contains(rule)
                        || !OF_RUNS.contains(rule);
            });
            mistake.ifPresent(problem -> mistakes.add(new Problem(at, problem.fact(), problem.remedy())));
        }
        return new Sifted(
                java.util.stream.Stream.concat(left.stream().map(Objection::problem), mistakes.stream()).toList(),
                waived);
    }
}
