package dev.neap.change.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ImplicitTuple;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * A YAML parser's events without anchors, aliases and tags, each of which is reported instead. What is left is a tree, so
 * that no file can make its reader go round in circles or grow without bound.
 */
final class PlainEvents implements Parser {

    /** Stands on a scalar in place of an alias: reported already, to be passed over. */
    static final String ALIAS = "!alias";

    private final Parser parser;
    private final Reading reading;
    private @Nullable Event next;
    private int documents;
    private int line = 1;

    PlainEvents(Parser parser, Reading reading) {
        this.parser = parser;
        this.reading = reading;
    }

    @Override
    public boolean checkEvent(Event.ID wanted) {
        return peekEvent().is(wanted);
    }

    @Override
    public Event peekEvent() {
        Event event = next;
        if (event == null) {
            event = plain(parser.getEvent());
            next = event;
        }
        return event;
    }

    @Override
    public Event getEvent() {
        Event event = peekEvent();
        next = null;
        return event;
    }

    /** The line of the last event, from 1. */
    int line() {
        return line;
    }

    private Event plain(Event event) {
        line = event.getStartMark().getLine() + 1;
        if (event instanceof DocumentStartEvent) {
            documents++;
            if (documents == 2) {
                refuse(event, "A second document begins here.", "Write one change a file.");
            }
            return event;
        }
        if (event instanceof AliasEvent alias) {
            refuse(
                    event,
                    "*%s is a YAML alias, and a change file has none.".formatted(alias.getAnchor()),
                    "Write the value out.");
            return new ScalarEvent(
                    null,
                    ALIAS,
                    new ImplicitTuple(false, false),
                    "",
                    event.getStartMark(),
                    event.getEndMark(),
                    ScalarStyle.PLAIN);
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            refuse(
                    event,
                    "&%s is a YAML anchor, and a change file has none.".formatted(node.getAnchor()),
                    "Leave it out, and write each value where it is needed.");
        }
        return switch (event) {
            case ScalarEvent scalar -> {
                tag(scalar, scalar.getTag());
                boolean isPlain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
                yield new ScalarEvent(
                        null,
                        null,
                        new ImplicitTuple(isPlain, !isPlain),
                        scalar.getValue(),
                        scalar.getStartMark(),
                        scalar.getEndMark(),
                        scalar.getScalarStyle());
            }
            case SequenceStartEvent list -> {
                tag(list, list.getTag());
                yield new SequenceStartEvent(
                        null, null, true, list.getStartMark(), list.getEndMark(), list.getFlowStyle());
            }
            case MappingStartEvent mapping -> {
                tag(mapping, mapping.getTag());
                yield new MappingStartEvent(
                        null, null, true, mapping.getStartMark(), mapping.getEndMark(), mapping.getFlowStyle());
            }
            default -> event;
        };
    }

    private void tag(Event event, @Nullable String tag) {
        if (tag != null) {
            refuse(
                    event,
                    "%s is a YAML tag, and a change file has none.".formatted(tag.replace("tag:yaml.org,2002:", "!!")),
                    "Leave it out; quotes make any value text.");
        }
    }

    private void refuse(Event event, String fact, String remedy) {
        reading.refuse(event.getStartMark().getLine() + 1, "", fact, remedy);
    }
}
