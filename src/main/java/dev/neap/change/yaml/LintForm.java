package dev.neap.change.yaml;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which rules a change file says do not matter: to lint, and to those of them that a run is held to. */
final class LintForm {

    /** A rule and why it does not matter. */
    record Waived(String rule, String reason) {}

    private static final Scalar<String> ID = new Scalar<>(
            Set.of(Place.Kind.TEXT),
            "a rule's id",
            "Write the id that lint prints in brackets, such as several-strong-locks.",
            text -> text,
            Map.of("pattern", "^[a-z][a-z-]*$"));

    private static final Key<String> RULE = Key.required(
            "rule", ID, "The rule's id, as lint prints it in brackets.", "several-strong-locks");
    private static final Key<String> REASON = Key.required(
            "reason", Scalars.TEXT, "Why it does not matter here.", "both tables are small");

    private static final Key<List<Waived>> ALLOW = Key.required(
            "allow",
            new ListOf<>(
                    new Mapping<>(
                            "allow", List.of(RULE, REASON), List.of(),
                            fields -> new Waived(fields.get(RULE), fields.get(REASON))),
                    "a list of waivers",
                    "Write a list with at least one waiver, such as - {rule: several-strong-locks, reason: small}."),
            "Rules that do not matter here, each with the reason.",
            List.of(Map.of("rule", "several-strong-locks", "reason", "both tables are small")));

    static final Mapping<List<Waived>> FORM = new Mapping<>(
            "lint", List.of(ALLOW), List.of(), fields -> fields.get(ALLOW));

    private LintForm() {}
}
