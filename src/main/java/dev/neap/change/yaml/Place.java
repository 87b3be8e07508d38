package dev.neap.change.yaml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a change file and where it stands.
 *
 * @param path {@code operations[0].add_column.type}; empty for the file as a whole
 * @param label its name for messages: {@code Key type}
 * @param line of its key or, in a list, of itself; from 1
 */
record Place(Node node, String path, String label, int line, Reading reading) {

    /** The sorts of value that YAML knows. */
    enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        FLAG,
        NOTHING,
        LIST,
        MAPPING,
        /** An alias, which was reported already. */
        ALIAS
    }

    static Place root(Node node, Reading reading) {
        return new Place(node, "", "The file", node.getStartMark().getLine() + 1, reading);
    }

    Kind kind() {
        if (node instanceof MappingNode) {
            return Kind.MAPPING;
        }
        if (node instanceof SequenceNode) {
            return Kind.LIST;
        }
        Tag tag = node.getTag();
        if (tag.getValue().equals(PlainEvents.ALIAS)) {
            return Kind.ALIAS;
        }
        if (tag.equals(Tag.BOOL)) {
            return Kind.FLAG;
        }
        if (tag.equals(Tag.INT)) {
            return Kind.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Kind.DECIMAL;
        }
        return tag.equals(Tag.NULL) ? Kind.NOTHING : Kind.TEXT;
    }

    /** A scalar's text as it is written, without its quotes. */
    String text() {
        return ((ScalarNode) node).getValue();
    }

    void refuse(String fact, String remedy) {
        reading.refuse(line, path, fact, remedy);
    }

    /** Refuses a value of the wrong kind; says nothing of an alias. */
    void refuseKind(String wanted, String remedy) {
        if (kind() == Kind.NOTHING) {
            refuse(label + " has no value.", remedy);
        } else if (kind() != Kind.ALIAS) {
            refuse("%s is %s, and %s is needed here.".formatted(label, words(), wanted), remedy);
        }
    }

    private String words() {
        return switch (kind()) {
            case TEXT -> "the text \"" + shortened() + "\"";
            case INTEGER, DECIMAL -> "the number " + shortened();
            case FLAG -> text();
            case NOTHING, ALIAS -> "empty";
            case LIST -> "a list";
            case MAPPING -> "a mapping";
        };
    }

    private String shortened() {
        String text = text();
        return text.codePointCount(0, text.length()) <= 40
                ? text
                : text.substring(0, text.offsetByCodePoints(0, 40)) + "…";
    }

    /** The items of a list. */
    List<Place> items() {
        List<Place> items = new ArrayList<>();
        for (Node item : ((SequenceNode) node).getValue()) {
            int number = items.size();
            int at = item.getStartMark().getLine() + 1;
            String itemPath = path + "[" + number + "]";
            reading.found(itemPath, at);
            items.add(new Place(item, itemPath, "Entry %d of %s".formatted(number + 1, name()), at, reading));
        }
        return items;
    }

    /** How many entries a mapping has, legal or not. */
    int size() {
        return ((MappingNode) node).getValue().size();
    }

    /** A key of a mapping and its value. */
    record Entry(String key, Place value) {}

    /** The entries of a mapping whose keys are text and stand there once; the others are refused. */
    List<Entry> entries() {
        List<Entry> entries = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            int at = tuple.getKeyNode().getStartMark().getLine() + 1;
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                reading.refuse(at, path, "A key is not a word.", "Write a word and a colon.");
                continue;
            }
            String word = key.getValue();
            if (word.equals("<<") && key.getScalarStyle() == ScalarStyle.PLAIN) {
                reading.refuse(
                        at, path, "<< is a YAML merge key, and a change file has none.", "Write the keys out.");
                continue;
            }
            String keyPath = path.isEmpty() ? word : path + "." + word;
            Integer first = seen.putIfAbsent(word, at);
            if (first != null) {
                reading.refuse(
                        at,
                        keyPath,
                        "Key %s stands here a second time; the first is on line %d.".formatted(word, first),
                        "Keep one of them.");
                continue;
            }
            reading.found(keyPath, at);
            entries.add(new Entry(word, new Place(tuple.getValueNode(), keyPath, "Key " + word, at, reading)));
        }
        return entries;
    }

    /** The last word of the path. */
    String name() {
        return path.isEmpty() ? "the file" : path.substring(path.lastIndexOf('.') + 1);
    }
}
