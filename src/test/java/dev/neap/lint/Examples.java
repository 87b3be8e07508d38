package dev.neap.lint;

import dev.neap.postgres.TestServer;
import dev.neap.shadow.Shadow;
import dev.neap.shadow.TestShadow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The examples on the rules' pages, and the tables that they are about. */
final class Examples {

    private static final TestShadow SHADOW = new TestShadow(tables());

    private Examples() {}

    /** A fresh copy of the examples' tables, in a database of the test's server. */
    static Shadow shadow(TestServer server) {
        return SHADOW.fresh(server);
    }

    static String tables() {
        try (var sql = Examples.class.getResourceAsStream("tables.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What lint says of files that run one after the other on a fresh copy; the schema counts as known. */
    static List<Rule> rules(TestServer server, List<String> files) {
        return rules(server, files, true);
    }

    static List<Rule> rules(TestServer server, List<String> files, boolean known) {
        List<Rule> rules = new ArrayList<>();
        try (Shadow shadow = shadow(server)) {
            for (String text : files) {
                SqlFile file = SqlFile.of("example.sql", text);
                rules.addAll(Linter.lint(file, Verdict.of(shadow.judge().judge(file.texts()), known))
                        .stream()
                        .map(Finding::rule)
                        .toList());
            }
        }
        return rules;
    }

    /** The SQL blocks below a heading of a rule's page. */
    static List<String> sql(Rule rule, String heading) {
        return blocks(rule, heading, "```sql");
    }

    /** What a rule's page tells to write in a change file; of table users, where it names none. */
    static List<String> changes(Rule rule) {
        return blocks(rule, "With Neap", "```yaml").stream()
                .map(body -> "change: example\n" + (body.startsWith("table:") ? "" : "table: public.users\n") + body)
                .toList();
    }

    private static List<String> blocks(Rule rule, String heading, String fence) {
        List<String> blocks = new ArrayList<>();
        boolean below = false;
        StringBuilder block = new StringBuilder();
        boolean inside = false;
        for (String line : lines(rule)) {
            if (line.startsWith("## ")) {
                below = line.equals("## " + heading);
            } else if (inside && line.equals("```")) {
                blocks.add(block.toString());
                inside = false;
            } else if (below && line.equals(fence)) {
                inside = true;
                block.setLength(0);
            } else if (inside) {
                block.append(line).append('\n');
            }
        }
        return blocks;
    }

    static List<String> lines(Rule rule) {
        try {
            return Files.readAllLines(Path.of(rule.page()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
