package dev.neap.change.yaml;

import dev.neap.change.Change;
import dev.neap.change.Problem;
import java.util.Map;

/**
 * A change file that was read.
 *
 * @param source its name for messages: a path, or {@code (stored definition)}
 * @param text as it was read
 * @param lines the line of each path in it ({@code operations[0].add_column.type}), from 1
 */
public record ChangeFile(String source, String text, Change change, Map<String, Integer> lines) {

    public ChangeFile {
        lines = Map.copyOf(lines);
    }

    /** The line of a path, or of the nearest part of it that stands in the file; 1 if none does. */
    public int line(String path) {
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    /** {@code jobs/x.yaml:7: fact remedy}, as compilers print it. */
    public String locate(Problem problem) {
        return source + ":" + line(problem.at()) + ": " + problem;
    }

    private static String parent(String path) {
        int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return cut < 0 ? "" : path.substring(0, cut);
    }
}
