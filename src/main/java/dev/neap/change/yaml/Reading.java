package dev.neap.change.yaml;

import dev.neap.change.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What comes to light while one file is read: its mistakes, and the line of each path. */
final class Reading {

    private final List<LocatedProblem> problems = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    void refuse(int line, String path, String fact, String remedy) {
        problems.add(new LocatedProblem(line, new Problem(path, fact, remedy)));
    }

    void found(String path, int line) {
        lines.putIfAbsent(path, line);
    }

    List<LocatedProblem> problems() {
        return problems;
    }

    Map<String, Integer> lines() {
        return lines;
    }
}
