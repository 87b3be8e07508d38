package dev.neap.app;

import dev.neap.change.yaml.ChangeFile;
import dev.neap.cli.Program;
import dev.neap.preflight.Doctor;
import dev.neap.preflight.PlanReport;
import dev.neap.preflight.PlanReport.Sampling;
import dev.neap.preflight.PlanSettings;
import dev.neap.run.Inspection;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What plan and doctor find out about a database. */
final class DatabaseInspector implements Program.Inspector {

    private final DataSource database;
    private final NeapSettings settings;

    DatabaseInspector(DataSource database, NeapSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    @Override
    public Program.Report plan(ChangeFile file, boolean sample) {
        PlanSettings terms = new PlanSettings(
                Terms.locks(settings),
                Terms.tuning(settings, file.change()).chunkDuration());
        PlanReport.Report report = new PlanReport(database, new Inspection(database)::inspect, terms)
                .of(file.change(), sample ? Sampling.ONE_CHUNK : Sampling.NONE);
        return new Program.Report(report.text().stripTrailing(), tree(report.json()), report.blocked());
    }

    @Override
    public Program.Report doctor() {
        Doctor.Report report = new Doctor(database).examine(Optional.empty());
        return new Program.Report(report.text().stripTrailing(), tree(report.json()), report.blocked());
    }

    private static JsonNode tree(String json) {
        return new JsonMapper().readTree(json);
    }
}
