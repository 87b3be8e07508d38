package dev.neap.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process, told apart from every other, also from one that has its number later or in another container.
 *
 * @param host where the number means something: host name, boot, process namespace
 * @param started when it began, as the operating system says; empty text if it does not
 */
public record ProcessIdentity(String host, long pid, String started, String user) {

    public static ProcessIdentity current() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessIdentity(
                hostName() + read("/proc/sys/kernel/random/boot_id") + namespace(),
                self.pid(),
                started(self),
                System.getProperty("user.name", "?"));
    }

    /** Whether that process is known to have ended. False if this process can't tell, as from another host. */
    public boolean isKnownDead() {
        if (!host.equals(current().host())) {
            return false;
        }
        Optional<ProcessHandle> handle = ProcessHandle.of(pid);
        return handle.isEmpty()
                || !handle.get().isAlive()
                || (!started.isEmpty() && !started(handle.get()).equals(started));
    }

    /** For people: {@code anna@host (process 4711)}. */
    public String words() {
        int end = host.indexOf('/');
        return "%s@%s (process %d)".formatted(user, end < 0 ? host : host.substring(0, end), pid);
    }

    private static String started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toString).orElse("");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    private static String read(String file) {
        try {
            return "/" + Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String namespace() {
        try {
            return "/" + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
