package dev.neap.judgement;

import dev.neap.change.Problem;
import dev.neap.judgement.Rehearsal.Rehearsed;
import dev.neap.lint.AsDeclared;
import dev.neap.lint.FileWaivers.Objection;
import dev.neap.lint.Rule;
import dev.neap.lint.Unjudged;
import dev.neap.shadow.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What stands against a run, by what was seen on the shadow, or since nothing could be seen. */
final class Objections {

    private static final String WAIVE = "waive it in the file, where you know better:"
            + " lint: {allow: [{rule: %s, reason: why}]}.";

    private final List<String> lacking;
    private final List<Objection> found = new ArrayList<>();

    private Objections(List<String> lacking) {
        this.lacking = lacking;
    }

    /** @param lacking what the shadow lacks, a sentence each */
    static List<Objection> of(List<Rehearsed> rehearsed, List<String> lacking) {
        Objections objections = new Objections(lacking);
        for (Rehearsed one : rehearsed) {
            RawStep step = one.step();
            objections.add(one.up(), step.upPlaces(), judged -> AsDeclared.beyond(judged, step.declared()));
            if (!one.down().isEmpty()) {
                objections.add(
                        one.down(),
                        step.downPlaces(),
                        judged -> step.together()
                                ? AsDeclared.beyondTakingBack(judged, step.declaredBack())
                                : AsDeclared.beyond(judged, step.declaredBack()));
            }
        }
        return List.copyOf(objections.found);
    }

    /** @param whyNot there is no shadow: a sentence or two */
    static List<Objection> unknown(List<RawStep> steps, String whyNot) {
        return steps.stream()
                .map(step -> new Objection(
                        Rule.NOT_JUDGED,
                        new Problem(
                                step.at(),
                                "What these statements lock, read and write anew can't be known. " + whyNot,
                                "Or " + WAIVE.formatted(Rule.NOT_JUDGED.id()))))
                .toList();
    }

    private void add(List<Judged> judged, List<String> places, Function<Judged, List<Problem>> beyond) {
        for (int i = 0; i < judged.size(); i++) {
            String at = places.get(i);
            Judged one = judged.get(i);
            one.error().ifPresent(failure -> found.add(failed(at, one, failure)));
            beyond.apply(one)
                    .forEach(problem -> found.add(new Objection(
                            Rule.NOT_AS_DECLARED, new Problem(at, problem.fact(), problem.remedy()))));
        }
    }

    private Objection failed(String at, Judged judged, Judged.Failure failure) {
        String statement = AsDeclared.shortened(judged.statement());
        Optional<Unjudged> unjudged = Unjudged.of(judged, statement);
        if (unjudged.isPresent()) {
            return new Objection(Rule.NOT_JUDGED, new Problem(
                    at, unjudged.get().fact(), unjudged.get().remedy() + "; or " + WAIVE.formatted(
                            Rule.NOT_JUDGED.id())));
        }
        if (failure.isAboutSomethingMissing() && !lacking.isEmpty()) {
            return new Objection(Rule.NOT_JUDGED, new Problem(
                    at,
                    "The shadow may lack what %s works on: %s. %s"
                            .formatted(statement, failure.message(), String.join(" ", lacking)),
                    "Name a scratch server that has it with --shadow-url; or "
                            + WAIVE.formatted(Rule.NOT_JUDGED.id())));
        }
        return new Objection(Rule.STATEMENT_FAILS, new Problem(
                at,
                "On an empty copy of the schema PostgreSQL refuses %s: %s (SQLSTATE %s)."
                        .formatted(statement, failure.message(), failure.sqlState()),
                "Mend it; or, if it succeeds only where there are rows, " + WAIVE.formatted(
                        Rule.STATEMENT_FAILS.id())));
    }
}
