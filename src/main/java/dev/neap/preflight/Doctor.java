package dev.neap.preflight;

import dev.neap.catalog.Table;
import dev.neap.preflight.check.Checks;
import dev.neap.preflight.check.Finding;
import dev.neap.preflight.check.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Looks a whole database over, or one table of it, with no change in mind. */
public final class Doctor {

    private final DataSource database;

    public Doctor(DataSource database) {
        this.database = database;
    }

    /** @param findings the worst first */
    public record Report(Optional<Table> table, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** For a terminal of 120 columns. */
        public String text() {
            List<String> lines = new ArrayList<>();
            lines.add("%s, %d checks: %s"
                    .formatted(
                            table.map(t -> "Table " + t.name()).orElse("The whole database"),
                            Checks.ALL.size(),
                            findings.isEmpty() ? "nothing found" : FindingsText.count(findings)));
            if (!findings.isEmpty()) {
                lines.add("");
                lines.addAll(FindingsText.lines(findings));
            }
            return String.join("\n", lines) + "\n";
        }

        /** For programs: {@code table} (null for the whole database), {@code findings}, {@code blocked}. */
        public String json() {
            JsonMapper json = JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();
            ObjectNode root = json.createObjectNode();
            table.ifPresentOrElse(t -> root.put("table", t.name().sql()), () -> root.putNull("table"));
            FindingsJson.put(root, findings);
            return json.writeValueAsString(root) + "\n";
        }

        /** Whether any change would be refused. */
        public boolean blocked() {
            return Preflight.blocks(findings);
        }
    }

    /**
     * @param table one table; empty for every table of users
     * @throws org.springframework.dao.DataAccessException if the database can't be asked
     */
    public Report examine(Optional<Table> table) {
        return new Report(table, Preflight.examine(Target.of(database, table)));
    }
}
