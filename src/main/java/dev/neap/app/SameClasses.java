package dev.neap.app;

import dev.neap.app.NeapSettings.ChangedClass;
import dev.neap.plan.PlannedStep;
import dev.neap.rows.ClassDigest;
import dev.neap.rows.NoTransform;
import dev.neap.rows.Transforms;
import dev.neap.run.Engine;
import dev.neap.run.Goal;
import dev.neap.run.ProgressBoard;
import dev.neap.run.RunFailed;
import dev.neap.run.RunId;
import dev.neap.step.BackfillStep;
import dev.neap.step.RowWork;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sees to it that a run goes on with the classes that it began with: a class that was exchanged would finish what another
 * has begun, and nobody could say which rows are whose.
 *
 * @param changed what to do with another one
 */
record SameClasses(Engine engine, JdbcClient jdbc, Transforms transforms, ChangedClass changed) implements Engine {

    @Override
    public Ended execute(Assignment assignment, ProgressBoard board) {
        if (assignment.goal() == Goal.RUN) {
            try {
                for (String name : classes(assignment)) {
                    compare(assignment.run().id(), name, board);
                }
            } catch (RunFailed | NoTransform e) {
                return new Ended.Failed(e);
            } catch (DataAccessException e) {
                return new Ended.Interrupted(e);
            }
        }
        return engine.execute(assignment, board);
    }

    private static List<String> classes(Assignment assignment) {
        TreeSet<String> names = new TreeSet<>();
        for (PlannedStep planned : assignment.plan().steps()) {
            if (planned.step() instanceof BackfillStep step && step.work() instanceof RowWork.Transform transform) {
                names.add(transform.className());
            }
        }
        return List.copyOf(names);
    }

    private void compare(RunId run, String name, ProgressBoard board) {
        ClassDigest now = transforms.digest(name);
        Optional<ClassDigest> then = noted(run, name);
        if (then.filter(before -> before.sha256().equals(now.sha256())).isPresent()) {
            return;
        }
        if (then.isPresent()) {
            String difference = "Class %s of %s (SHA-256 %s…) is another one than the run began with, of %s (%s…)"
                    .formatted(name, now.source(), now.shortened(), then.get().source(), then.get().shortened());
            switch (changed) {
                case REFUSE ->
                    throw new RunFailed(
                            RunFailed.Reason.EDITED,
                            difference
                                    + ". Put the former one back; or, if rows that are done already may stay as they are until"
                                    + " the verification asks the new class, set neap.transform.changed_class: accept for once.");
                case ACCEPT -> board.event(difference + "; accepted");
            }
        }
        note(run, name, now);
    }

    private Optional<ClassDigest> noted(RunId run, String name) {
        return jdbc.sql("SELECT sha256, source FROM neap.transform_class WHERE run_id = ? AND class = ?")
                .params(run.value(), name)
                .query((row, i) -> new ClassDigest(row.getString("sha256"), row.getString("source")))
                .optional();
    }

    private void note(RunId run, String name, ClassDigest digest) {
        jdbc.sql("""
                INSERT INTO neap.transform_class (run_id, class, sha256, source) VALUES (?, ?, ?, ?)
                ON CONFLICT (run_id, class) DO UPDATE SET sha256 = excluded.sha256, source = excluded.source""")
                .params(run.value(), name, digest.sha256(), digest.source())
                .update();
    }
}
