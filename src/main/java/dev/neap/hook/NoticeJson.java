package dev.neap.hook;

import dev.neap.run.Progress;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a notice. Its keys stay as they are within a version; what is not known is left out, and new keys may come.
 */
final class NoticeJson {

    /** Of the form of the body. */
    static final int VERSION = 1;

    /** A reason may quote what the server said, which may quote a row. */
    private static final int LONGEST_REASON = 2_000;

    private final String host;

    /**
     * @param host who tells
     */
    NoticeJson(String host) {
        this.host = host;
    }

    String write(Notice notice) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("version", VERSION)
                .put("event", notice.event().word())
                .put("text", cut(notice.words()))
                .put("change", notice.run().change().value())
                .put("table", notice.run().table())
                .put("run", notice.run().id().value())
                .put("state", notice.state().name())
                .put("at", notice.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("host", host);
        notice.reason().ifPresent(reason -> body.put("reason", cut(reason)));
        notice.hold()
                .ifPresent(
                        hold -> body.putObject("hold")
                                .put("source", hold.source())
                                .put("seconds", hold.lasted().toMillis() / 1e3)
                                .put("overdue", hold.overdue()));
        notice.progress().ifPresent(progress -> write(progress, body.putObject("progress")));
        return body.toString();
    }

    private static void write(Progress progress, ObjectNode into) {
        into.put("phase", progress.phase().name().toLowerCase(Locale.ROOT))
                .put("step", progress.step())
                .put("steps", progress.steps())
                .put("title", progress.title())
                .put("visited", progress.visited())
                .put("expected", progress.total())
                .put("changed", progress.changed());
        progress.remaining().ifPresent(left -> into.put("remaining_seconds", left.high().toSeconds()));
    }

    static String cut(String text) {
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "…";
    }
}
