package dev.neap.preflight;

import dev.neap.catalog.KeyCuts;
import dev.neap.catalog.Table;
import dev.neap.judgement.Judgement;
import dev.neap.judgement.Observed;
import dev.neap.plan.Ground;
import dev.neap.plan.Plan;
import dev.neap.plan.PlannedStep;
import dev.neap.plan.Walk;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.estimate.Bounds;
import dev.neap.preflight.estimate.Estimate;
import dev.neap.session.Choice;
import dev.neap.step.BackfillStep;
import dev.neap.step.DdlStep;
import dev.neap.step.GateStep;
import dev.neap.step.LastLookStep;
import dev.neap.step.MovedStep;
import dev.neap.step.RowWork;
import dev.neap.step.Step;
import dev.neap.step.VerifyStep;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A plan for programs. Keys are in snake_case and stay; times are milliseconds, sizes bytes. */
public final class PlanJson {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private PlanJson() {}

    public static String of(
            Plan plan,
            Judgement judgement,
            List<Finding> findings,
            Estimate estimate,
            PlanSettings settings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("change", plan.change().name().value());
        root.put("fingerprint", plan.fingerprint().value());
        table(root.putObject("table"), plan.table());
        root.put("server_version", plan.table().server().toString());
        plan.change()
                .irreversible()
                .ifPresent(note -> root.putObject("irreversible")
                        .put("backup", note.backup())
                        .put("retention", note.retention())
                        .put("approval", note.approval()));
        walk(root, plan, settings);
        neighbours(root, plan, settings);
        root.putObject("lock_policy")
                .put("lock_timeout_ms", settings.locks().lockTimeout().toMillis())
                .put("give_up_after_ms", settings.locks().giveUpAfter().toMillis())
                .put("concurrent_wait_ms", settings.locks().concurrentWait().toMillis());
        settings(root, plan, settings);
        ArrayNode steps = root.putArray("steps");
        for (PlannedStep planned : plan.steps()) {
            ObjectNode node = steps.addObject();
            step(node, StepFacts.of(plan, planned, settings));
            judgement.of(planned.id()).ifPresent(seen -> {
                ObjectNode shadow = node.putObject("shadow");
                seen.up().forEach(observed -> observed(shadow.withArray("up").addObject(), observed));
                seen.down().forEach(observed -> observed(shadow.withArray("down").addObject(), observed));
            });
        }
        gate(root, plan);
        estimate(root.putObject("estimate"), estimate);
        settings.window().ifPresent(window -> window.put(root.putObject("window"), estimate.time()));
        FindingsJson.put(root, findings);
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void neighbours(ObjectNode root, Plan plan, PlanSettings settings) {
        List<Ground> neighbours = plan.grounds().stream().skip(1).toList();
        if (neighbours.isEmpty()) {
            return;
        }
        ArrayNode array = root.putArray("neighbours");
        for (Ground ground : neighbours) {
            ObjectNode neighbour = array.addObject();
            table(neighbour, ground.table());
            walk(neighbour, plan.on(ground), settings);
        }
    }

    private static void table(ObjectNode node, Table table) {
        node.put("name", table.name().sql())
                .put("rows", table.shape().rows())
                .put("heap_bytes", table.shape().heapBytes())
                .put("total_bytes", table.shape().totalBytes());
    }

    private static void walk(ObjectNode root, Plan plan, PlanSettings settings) {
        if (!plan.visitsRows()) {
            return;
        }
        ObjectNode walk = root.putObject("walk")
                .put("order", order(plan.walk()))
                .put("reason", plan.walk().reason())
                .put("segments", KeyCuts.suit(plan.table().shape().rows()))
                .put("workers", settings.workers());
        settings.strands().ifPresentOrElse(strands -> walk.put("strands", strands), () -> walk.put("strands", "auto"));
        if (plan.walk() instanceof Walk.ByLeaf byLeaf) {
            ArrayNode units = walk.putArray("units");
            byLeaf.leaves()
                    .forEach(unit -> units.addObject()
                            .put("name", unit.leaf().name().sql())
                            .put("rows", unit.leaf().rows())
                            .put("order", unit.byBlock() ? "block" : "key"));
        }
    }

    private static void settings(ObjectNode root, Plan plan, PlanSettings settings) {
        if (!plan.visitsRows()) {
            return;
        }
        ArrayNode choices = root.putArray("session_settings");
        for (Choice choice : settings.session().choices()) {
            ObjectNode node = choices.addObject().put("name", choice.name());
            choice.value().ifPresent(value -> node.put("value", value));
            node.put("why", choice.why()).put("otherwise", choice.otherwise());
        }
    }

    private static void step(ObjectNode node, StepFacts facts) {
        Step step = facts.planned().step();
        node.put("id", facts.planned().id().value());
        node.put("title", step.title());
        node.put("table", facts.planned().ground().table().name().sql());
        node.put("kind", kind(step));
        node.put("phase", lower(step.phase()));
        facts.sql().forEach(node.putArray("sql")::add);
        node.put("lock", facts.lock().sql());
        node.put("blocks", facts.lock().blocks());
        if (!facts.others().isEmpty()) {
            ArrayNode others = node.putArray("other_locks");
            facts.others()
                    .forEach(other -> others.addObject()
                            .put("relation", other.relation().sql())
                            .put("lock", other.lock().sql())
                            .put("work", other.work().words()));
        }
        node.put("work", facts.work());
        node.put("worst_case", facts.worst());
        node.put("conduct", step instanceof DdlStep ddl ? lower(ddl.conduct()) : "transaction");
        node.put("duration_low_ms", facts.duration().low().toMillis());
        node.put("duration_high_ms", facts.duration().high().toMillis());
        node.put("reversible", facts.reversible());
        node.put("reversal", facts.reversal());
        step.loss().ifPresent(lost -> node.put("destroys", lost));
        facts.undo().ifPresent(undo -> {
            ObjectNode how = node.putObject("undo").put("title", undo.title()).put("lock", undo.lock().sql());
            undo.sql().forEach(how.putArray("sql")::add);
        });
    }

    private static void observed(ObjectNode node, Observed observed) {
        node.put("sql", observed.statement());
        observed.touched()
                .forEach(touched -> node.withArray("locks")
                        .addObject()
                        .put("relation", touched.relation())
                        .put("lock", touched.lock().sql())
                        .put("work", touched.work().words()));
        observed.error().ifPresent(error -> node.put("error", error));
    }

    private static void gate(ObjectNode root, Plan plan) {
        for (PlannedStep planned : plan.steps()) {
            if (planned.step() instanceof GateStep gate) {
                ObjectNode node = root.putObject("gate")
                        .put("step", planned.id().value())
                        .put("question", gate.title());
                ArrayNode completes = node.putArray("complete_runs");
                plan.afterGate().forEach(after -> completes.add(after.id().value()));
            }
        }
    }

    private static void estimate(ObjectNode node, Estimate estimate) {
        node.put("basis", lower(estimate.basis()));
        bounds(node.putObject("rows"), estimate.rows());
        bounds(node.putObject("read_bytes"), estimate.bytes());
        Bounds<Duration> time = estimate.time();
        bounds(
                node.putObject("time_ms"),
                new Bounds<>(time.low().toMillis(), time.high().toMillis(), time.because()));
        bounds(node.putObject("wal_bytes"), estimate.wal());
        bounds(node.putObject("growth_bytes"), estimate.growth());
    }

    private static void bounds(ObjectNode node, Bounds<Long> bounds) {
        node.put("low", bounds.low()).put("high", bounds.high()).put("because", bounds.because());
    }

    private static String kind(Step step) {
        return switch (step) {
            case DdlStep ddl -> "ddl";
            case BackfillStep backfill -> switch (backfill.work()) {
                case RowWork.Assign assign -> "backfill";
                case RowWork.Transform transform -> "transform";
                case RowWork.Delete delete -> "delete";
                case RowWork.Archive archive -> "archive";
                case RowWork.Copy copy -> "copy";
                case RowWork.Mirror mirror -> "mirror";
            };
            case VerifyStep verify -> "verify";
            case MovedStep moved -> "moved";
            case LastLookStep look -> "last_look";
            case GateStep gate -> "gate";
        };
    }

    private static String order(Walk walk) {
        return switch (walk) {
            case Walk.ByKey byKey -> "key";
            case Walk.ByBlock byBlock -> "block";
            case Walk.ByLeaf byLeaf -> "leaf";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
