package dev.neap.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;

/** Lets a process run for only a part of each cycle, by SIGSTOP and SIGCONT; ends with that process, or when closed. */
public final class Brake implements AutoCloseable {

    private final long pid;
    private final Process loop;

    private Brake(long pid, Process loop) {
        this.pid = pid;
        this.loop = loop;
    }

    /**
     * @param runs how long in each cycle
     * @param stands how long after that
     */
    public static Brake on(long pid, Duration runs, Duration stands) {
        String script = "while kill -CONT %d; do sleep %s; kill -STOP %d; sleep %s; done 2>/dev/null"
                .formatted(pid, seconds(runs), pid, seconds(stands));
        try {
            return new Brake(pid, new ProcessBuilder("sh", "-c", script).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1000.0);
    }

    /** May be called again. */
    @Override
    public void close() {
        loop.destroy();
        try {
            loop.waitFor();
            new ProcessBuilder("kill", "-CONT", Long.toString(pid)).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
