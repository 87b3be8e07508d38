package dev.neap.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JVM's own log says of the heap: its use before each collection, and at the end. */
final class HeapLog {

    /** {@code Pause Young (Allocation Failure) 68M->5M(247M) 4.1ms}. */
    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->\\d+M\\(\\d+M\\)");

    /** {@code def new generation   total 78656K, used 12345K [...]}, a line for each generation. */
    private static final Pattern AT_END = Pattern.compile("total (?:reserved \\d+K, committed )?\\d+K, used (\\d+)K");

    private HeapLog() {}

    /** The option that has it written. */
    static String option(Path file) {
        return "-Xlog:gc,gc+heap+exit:file=%s::filecount=0".formatted(file);
    }

    /** Bytes; as exact as the log, that is to 1 MB. Empty if it tells nothing. */
    static Optional<Long> peak(List<String> lines) {
        long peak = 0;
        long atEnd = 0;
        for (String line : lines) {
            Matcher collection = COLLECTION.matcher(line);
            if (collection.find()) {
                peak = Math.max(peak, Long.parseLong(collection.group(1)) << 20);
            }
            Matcher end = AT_END.matcher(line);
            if (end.find()) {
                atEnd += Long.parseLong(end.group(1)) << 10;
            }
        }
        peak = Math.max(peak, atEnd);
        return peak == 0 ? Optional.empty() : Optional.of(peak);
    }
}
