package dev.neap.app;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.cli.Program;
import dev.neap.judgement.PlanJudge;
import dev.neap.preflight.Doctor;
import dev.neap.preflight.PlanReport;
import dev.neap.preflight.PlanReport.Sampling;
import dev.neap.rows.Transforms;
import dev.neap.run.Inspection;
import dev.neap.run.KeptFile;
import dev.neap.run.Unbegun;
import java.util.Optional;
import javax.sql.DataSource;

/** Plans changes and looks databases over, for the commands that show both. */
record DatabaseInspector(DataSource database, NeapSettings settings, ShadowPlaces shadows)
        implements
            Program.Inspector {

    @Override
    public Program.Report plan(ChangeFile file, boolean sample, Optional<String> shadowUrl) {
        Unbegun.mustBe(database, file.change().name());
        KeptFile.mustBePossible(database, file);
        try (Transforms transforms = new Transforms(settings.transform().jars())) {
            TransformsFound.mustBe(transforms, file.change());
        }
        Watching.mustBePossible(settings, file.change());
        PlanJudge judge = new PlanJudge(database, shadows.at(shadowUrl));
        PlanReport.Report report = new PlanReport(
                database, new Inspection(database)::inspect, plan -> judge.judge(plan, file),
                Terms.plan(settings, file.change(), database))
                .of(file.change(), sample ? Sampling.ONE_CHUNK : Sampling.NONE);
        return new Program.Report(report.text(), report.json(), report.blocked());
    }

    @Override
    public Program.Report doctor() {
        Doctor.Report report = new Doctor(database).examine(Optional.empty());
        return new Program.Report(report.text(), report.json(), report.blocked());
    }
}
