package dev.neap.change.yaml;

import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Turns text into a tree of YAML nodes, each with its line; no Java object is ever made from a file's words. */
final class YamlDocument {

    private YamlDocument() {}

    /** The top of the only document; empty if there is none, which has been reported. */
    static Optional<Place> root(String text, Reading reading) {
        String yaml = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (!printable(yaml, reading)) {
            return Optional.empty();
        }
        LoaderOptions options = new LoaderOptions();
        PlainEvents events = new PlainEvents(new ParserImpl(new StreamReader(yaml), options), reading);
        Composer composer = new Composer(events, new CoreSchema(), options);
        try {
            if (!composer.checkNode()) {
                return refuseEmpty(1, reading);
            }
            Node node = composer.getNode();
            while (composer.checkNode()) {
                composer.getNode();
            }
            Place root = Place.root(node, reading);
            return root.kind() == Place.Kind.NOTHING ? refuseEmpty(root.line(), reading) : Optional.of(root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            refuse(Math.min(line, lines(yaml)), e.getProblem(), reading);
            return Optional.empty();
        } catch (YAMLException e) {
            refuse(events.line(), String.valueOf(e.getMessage()), reading);
            return Optional.empty();
        }
    }

    private static boolean printable(String yaml, Reading reading) {
        int line = 1;
        for (int i = 0; i < yaml.length(); i += Character.charCount(yaml.codePointAt(i))) {
            int character = yaml.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                refuse(line, "the character U+%04X may not stand in it".formatted(character), reading);
                return false;
            }
            line += character == '\n' ? 1 : 0;
        }
        return true;
    }

    private static int lines(String yaml) {
        return (int) yaml.stripTrailing().lines().count();
    }

    private static void refuse(int line, String why, Reading reading) {
        reading.refuse(
                line,
                "",
                "This is not YAML: %s.".formatted(why),
                "Look here and on the line above for a wrong indent, a missing quote or colon, or text that needs"
                        + " quotes.");
    }

    private static Optional<Place> refuseEmpty(int line, Reading reading) {
        reading.refuse(line, "", "The file is empty.", "Write the keys change, table and operations.");
        return Optional.empty();
    }
}
