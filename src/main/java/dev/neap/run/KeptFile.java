package dev.neap.run;

import dev.neap.change.Problem;
import dev.neap.change.yaml.ChangeFile;
import dev.neap.jdbc.ServerEncoding;
import dev.neap.plan.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A run keeps the change file that it began with: the database must have all of its characters. */
public final class KeptFile {

    private KeptFile() {}

    /** @throws Refused if the file holds a character that the database's encoding lacks */
    public static void mustBePossible(DataSource database, ChangeFile file) {
        ServerEncoding encoding = ServerEncoding.of(JdbcClient.create(database));
        List<String> lines = file.text().lines().toList();
        for (int number = 1; number <= lines.size(); number++) {
            int line = number;
            encoding.lacking(lines.get(line - 1)).ifPresent(character -> {
                throw new Refused(List.of(new Problem(
                        path(file, line),
                        "Line %d holds a character (%s) that the database's encoding %s lacks."
                                .formatted(line, Character.toString(character), encoding.name()),
                        "Write it with others, in comments too: the database keeps the file with the run.")));
            });
        }
    }

    /** What stands in the line, or last before it. */
    private static String path(ChangeFile file, int line) {
        return file.lines()
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() <= line)
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
