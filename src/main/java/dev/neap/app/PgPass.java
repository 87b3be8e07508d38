package dev.neap.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Passwords by host, port, database and user, as libpq keeps them (PostgreSQL manual, 34.16): the first line that matches
 * holds; {@code *} matches anything; a backslash escapes a colon or a backslash.
 */
final class PgPass {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final List<List<String>> lines;

    private PgPass(List<List<String>> lines) {
        this.lines = lines;
    }

    /**
     * @param warn told when the file can't be used; it is ignored then, as libpq does
     * @return empty if there is no such file
     */
    static PgPass read(Path file, Consumer<String> warn) {
        if (!Files.isRegularFile(file)) {
            return new PgPass(List.of());
        }
        try {
            if (readableByOthers(file)) {
                warn.accept("Password file %s can be read by others, so it is ignored. Type: chmod 0600 %s"
                        .formatted(file, file));
                return new PgPass(List.of());
            }
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            warn.accept("Password file %s can't be read (%s), so it is ignored. Mend it, or set NEAP_PASSWORD."
                    .formatted(file, e.getMessage()));
            return new PgPass(List.of());
        }
    }

    static PgPass parse(List<String> text) {
        return new PgPass(text.stream()
                .filter(line -> !line.startsWith("#"))
                .map(PgPass::fields)
                .filter(fields -> fields.size() >= 5)
                .toList());
    }

    Optional<Secret> password(String host, int port, String database, String user) {
        List<String> wanted = List.of(host, String.valueOf(port), database, user);
        return lines.stream()
                .filter(line -> matches(line, wanted))
                .map(line -> Secret.of(unescape(line.get(4))))
                .findFirst();
    }

    private static boolean matches(List<String> line, List<String> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!line.get(i).equals("*") && !unescape(line.get(i)).equals(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Still escaped, so that an escaped star is no wildcard. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                field.append(c).append(line.charAt(++i));
            } else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static String unescape(String field) {
        return field.replaceAll("\\\\(.)", "$1");
    }

    private static boolean readableByOthers(Path file) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return false;
        }
        return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }
}
