package dev.neap.preflight;

import dev.neap.judgement.Judgement;
import dev.neap.plan.Ground;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Walk;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.estimate.Estimate;
import dev.neap.preflight.estimate.Quantity;
import dev.neap.session.Choice;
import dev.neap.step.GateStep;
import dev.neap.step.Lock;
import dev.neap.step.Phase;
import dev.neap.step.RelationLock;
import dev.neap.step.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A plan for a terminal of 120 columns: what is done in which order, what it costs others, what stands against it. */
public final class PlanText {

    private static final String STEP = "  ";
    private static final int MOST_UNITS = 20;
    private static final String DETAIL = "      ";

    private final Plan plan;
    private final Judgement judgement;
    private final PlanSettings settings;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan, Judgement judgement, PlanSettings settings) {
        this.plan = plan;
        this.judgement = judgement;
        this.settings = settings;
    }

    /** @return lines, each ending in a line feed, plain text */
    public static String of(
            Plan plan,
            Judgement judgement,
            List<Finding> findings,
            Estimate estimate,
            PlanSettings settings) {
        PlanText text = new PlanText(plan, judgement, settings);
        text.head();
        text.steps();
        text.settings();
        text.estimate(estimate);
        text.findings(findings);
        return String.join("\n", text.lines) + "\n";
    }

    private void head() {
        var table = plan.table();
        paragraph(
                "",
                "Change %s of table %s: %s, %s with indexes, PostgreSQL %s."
                        .formatted(
                                plan.change().name(),
                                table.name(),
                                "about " + Quantity.rows(table.shape().rows()),
                                Quantity.bytes(table.shape().totalBytes()),
                                table.server()));
        int before = plan.beforeGate().size();
        int after = plan.afterGate().size();
        paragraph(
                "",
                plan.hasGate()
                        ? "neap run does %s, up to the gate; neap complete does %s after it."
                                .formatted(steps(before), steps(after))
                        : "neap run does %s; there is nothing to complete.".formatted(steps(before)));
        settings.window().ifPresent(window -> window.sentences().forEach(sentence -> paragraph("", sentence)));
        if (plan.visitsRows()) {
            visits("Rows", plan.ground(), " " + effort());
        }
        plan.grounds().stream().skip(1).forEach(this::neighbour);
        paragraph(
                "",
                ("A statement whose lock is not granted within %s steps back, so that the queue behind it "
                        + "drains, and tries again with growing pauses, for up to %s; then the run fails and can be resumed.")
                        .formatted(
                                Quantity.time(settings.locks().lockTimeout()),
                                Quantity.time(settings.locks().giveUpAfter())));
    }

    private void neighbour(Ground ground) {
        paragraph(
                "",
                "Table %s has to change with it: about %s, %s with indexes."
                        .formatted(
                                ground.table().name(),
                                Quantity.rows(ground.table().shape().rows()),
                                Quantity.bytes(ground.table().shape().totalBytes())));
        if (plan.on(ground).visitsRows()) {
            visits("Its rows", ground, "");
        }
    }

    private void visits(String whose, Ground ground, String more) {
        paragraph("", "%s are visited %s.%s".formatted(whose, ground.walk().reason(), more));
        if (ground.walk() instanceof Walk.ByLeaf byLeaf) {
            units(byLeaf.leaves());
        }
    }

    /** Those that are not as the others first. */
    private void units(List<Walk.Unit> units) {
        units.stream()
                .sorted(Comparator.comparing((Walk.Unit unit) -> unit.why().isEmpty()))
                .limit(MOST_UNITS)
                .forEach(unit -> paragraph(
                        "  %-32s".formatted(unit.leaf().name()),
                        "about %s%s".formatted(
                                Quantity.rows(unit.leaf().rows()),
                                unit.why().isEmpty() ? "" : "; by block, because " + unit.why())));
        if (units.size() > MOST_UNITS) {
            paragraph("  ", "and %d more".formatted(units.size() - MOST_UNITS));
        }
    }

    private String effort() {
        String workers = settings.workers() == 1 ? "One worker goes" : settings.workers() + " workers go";
        return workers + " over the table"
                + settings.strands()
                        .map(strands -> strands == 1
                                ? ", once over each page."
                                : ", in %d strands: a part of each page's rows at a time.".formatted(strands))
                        .orElse("; where updated rows can find room on their own page, a part of its rows at a time.");
    }

    private void steps() {
        Optional<Phase> phase = Optional.empty();
        for (PlannedStep planned : plan.steps()) {
            if (planned.step() instanceof GateStep gate) {
                gate(planned, gate);
                phase = Optional.of(Phase.CONTRACT);
                continue;
            }
            Phase now = planned.step().phase();
            if (!phase.equals(Optional.of(now))) {
                lines.add("");
                lines.add("%-11s%s".formatted(now, meaning(now)));
                phase = Optional.of(now);
            }
            step(StepFacts.of(plan, planned, settings));
        }
    }

    private void step(StepFacts facts) {
        lines.add("");
        Ground ground = facts.planned().ground();
        String title = facts.planned().step().title();
        boolean said = ground.equals(plan.ground()) || title.contains("table " + ground.table().name());
        paragraph(
                STEP,
                facts.planned().id() + ": " + title + (said ? "" : " (table " + ground.table().name() + ")"));
        for (String sql : facts.sql()) {
            SqlText.lines(sql + ";", Paragraph.WIDTH - DETAIL.length()).forEach(line -> lines.add(DETAIL + line));
        }
        if (facts.lock() != Lock.NONE) {
            paragraph(
                    DETAIL + "lock   ",
                    "%s (blocks %s); %s".formatted(facts.lock().sql(), facts.lock().blocks(), facts.work()));
        }
        facts.others()
                .forEach(other -> paragraph(
                        DETAIL + "lock   ",
                        "%s (blocks %s) on %s%s"
                                .formatted(
                                        other.lock().sql(),
                                        other.lock().blocks(),
                                        other.relation(),
                                        also(other, facts.lock() != Lock.NONE))));
        judgement.of(facts.planned().id())
                .ifPresent(seen -> ShadowLines.of(seen).forEach(line -> paragraph(DETAIL + "shadow ", line)));
        paragraph(DETAIL + "worst  ", facts.worst());
        paragraph(DETAIL + "undo   ", (facts.reversible() ? "" : "none: ") + facts.reversal());
        if (facts.planned().step().loss().isPresent()) {
            plan.change().irreversible().ifPresent(note -> paragraph(DETAIL + "note   ", note.words()));
        }
    }

    private static String also(RelationLock other, boolean own) {
        boolean reads = !other.lock().isStrongerThan(Lock.ROW_EXCLUSIVE) && other.work() == Work.CATALOG;
        return own
                ? " too" + (other.work() == Work.CATALOG ? "" : "; it " + other.work().words() + " there")
                : reads ? "" : "; " + other.work().words();
    }

    private void gate(PlannedStep planned, GateStep gate) {
        lines.add("");
        lines.add("%-11s%s".formatted("GATE", "work ends here until a person says go on"));
        lines.add("");
        paragraph(STEP + planned.id() + "  ", "Is this so: " + gate.title() + "?");
        paragraph(
                DETAIL,
                ("Until it is, neap rollback %1$s undoes the steps above. When it is, neap complete %1$s does "
                        + "what follows: %2$s.")
                        .formatted(
                                plan.change().name(),
                                plan.afterGate()
                                        .stream()
                                        .map(after -> after.step().title())
                                        .collect(Collectors.joining("; "))));
        lines.add("");
        lines.add("%-11s%s".formatted(Phase.CONTRACT, meaning(Phase.CONTRACT)));
    }

    private void settings() {
        List<Choice> choices = settings.session().choices();
        if (choices.isEmpty() || !plan.visitsRows()) {
            return;
        }
        lines.add("");
        lines.add("%-11s%s".formatted("SETTINGS", "of the transactions that change rows, for each of them alone"));
        lines.add("");
        for (Choice choice : choices) {
            String label = choice.value().map(value -> choice.name() + " = " + value).orElse(choice.name());
            paragraph("  %-26s".formatted(label), choice.why());
            paragraph("  %-26s".formatted(""), "-> " + choice.otherwise());
        }
    }

    private void estimate(Estimate estimate) {
        lines.add("");
        lines.add("%-11s%s".formatted("ESTIMATE", switch (estimate.basis()) {
            case ROUGH -> "rough, from the table's size; neap plan --sample measures some rows of it";
            case SAMPLE -> "from a sample of the table that was changed and rolled back";
        }));
        lines.add("");
        figure("rows", EstimateWords.rows(estimate), estimate.rows().because());
        figure("read", EstimateWords.bytes(estimate.bytes()), estimate.bytes().because());
        figure("time", StepFacts.span(estimate.time()), estimate.time().because());
        settings.window()
                .ifPresent(window -> paragraph(
                        "  done    ", window.done(estimate.time()) + ", if it begins now and nothing holds it."));
        figure("WAL", EstimateWords.bytes(estimate.wal()), estimate.wal().because());
        figure("growth", EstimateWords.bytes(estimate.growth()), estimate.growth().because());
    }

    private void figure(String name, String value, String because) {
        paragraph("  %-8s%-26s".formatted(name, value), because);
    }

    private void findings(List<Finding> findings) {
        lines.add("");
        lines.add("%-11s%s".formatted("FINDINGS", FindingsText.count(findings)));
        if (!findings.isEmpty()) {
            lines.add("");
            lines.addAll(FindingsText.lines(findings));
        }
        lines.add("");
        lines.add(Preflight.blocks(findings)
                ? "neap run refuses to begin while there is a blocker."
                : "Nothing stands in the way of neap run.");
    }

    private void paragraph(String label, String text) {
        lines.addAll(Paragraph.of(label, text));
    }

    private static String steps(int count) {
        return count == 1 ? "1 step" : count + " steps";
    }

    private static String meaning(Phase phase) {
        return switch (phase) {
            case EXPAND -> "new structure beside the old; old and new code both work";
            case BACKFILL -> "existing rows, range by range; a killed run goes on where it was";
            case VERIFY -> "every row is compared, until a whole pass finds nothing wrong";
            case CONSTRAIN -> "what needs right rows, while everyone reads and writes";
            case CONTRACT -> "the old structure goes; only by neap complete";
        };
    }
}
