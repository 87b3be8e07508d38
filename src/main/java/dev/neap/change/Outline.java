package dev.neap.change;

import dev.neap.change.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change does, flattened to path and value: {@code operations[0].add_column.type} is {@code text}. Two outlines
 * compare entry by entry, which is how an edited file is told from the one that a run began with.
 *
 * @param entries sorted by path
 */
public record Outline(TreeMap<String, String> entries) {

    public static Outline of(Change change) {
        TreeMap<String, String> entries = new TreeMap<>();
        entries.put("change", change.name().value());
        entries.put("table", change.table().sql());
        put(entries, "operations", change.operations());
        put(entries, "contract", change.contract());
        change.irreversible().ifPresent(note -> {
            entries.put("irreversible.backup", note.backup());
            entries.put("irreversible.retention", note.retention());
            entries.put("irreversible.approval", note.approval());
        });
        return new Outline(entries);
    }

    private static void put(Map<String, String> entries, String list, List<Operation> operations) {
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            String prefix = list + "[" + i + "]." + operation.keyword();
            entries.put(prefix, "");
            operation.outline().forEach((key, value) -> entries.put(prefix + "." + key, value));
        }
    }

    /** One {@code path: value} a line. */
    public List<String> lines() {
        return entries.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    }

    /** What is different in {@code now}, a sentence each; empty if nothing is. */
    public List<String> differences(Outline now) {
        List<String> differences = new ArrayList<>();
        entries.forEach((path, was) -> {
            String is = now.entries.get(path);
            if (is == null) {
                differences.add(was.isEmpty() ? path + " is gone" : path + " is gone (was: " + was + ")");
            } else if (!is.equals(was)) {
                differences.add(path + " was: " + was + ", is now: " + is);
            }
        });
        now.entries.forEach((path, is) -> {
            if (!entries.containsKey(path)) {
                differences.add(is.isEmpty() ? path + " is new" : path + " is new: " + is);
            }
        });
        return differences;
    }
}
