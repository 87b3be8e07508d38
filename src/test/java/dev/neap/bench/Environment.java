package dev.neap.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the figures were measured on, in words. */
final class Environment {

    private Environment() {}

    /**
     * @param version of PostgreSQL
     * @param server its settings
     */
    static Map<String, String> describe(BenchSettings settings, String version, Map<String, String> server) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("machine", "%d × %s, %s of memory".formatted(
                Runtime.getRuntime().availableProcessors(),
                processor().orElse("unknown processor"),
                MarkdownReport.size(memory())));
        environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("Java", System.getProperty("java.vm.vendor") + " " + System.getProperty("java.version"));
        environment.put("PostgreSQL", version + "; " + server.entrySet()
                .stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue())
                .collect(Collectors.joining(", ")));
        environment.put("shared_buffers", Stream.of(BenchTable.values())
                .collect(Collectors.groupingBy(BenchTable::sharedBuffers,
                        Collectors.mapping(table -> "(" + table.letter() + ")", Collectors.joining(" "))))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + " for " + entry.getValue())
                .collect(Collectors.joining(", ")));
        environment.put("seed", Long.toString(settings.seed()));
        environment.put("rounds", Integer.toString(settings.speed().rounds()));
        environment.put(Results.COMMAND, command());
        return environment;
    }

    /** As it is typed again: where data and results go does not matter to them. */
    private static String command() {
        String properties = System.getProperties()
                .stringPropertyNames()
                .stream()
                .filter(name -> name.startsWith("bench.") && !name.matches("bench\\.(dir|output|keep|publish)"))
                .sorted()
                .map(name -> " -D%s=%s".formatted(name, System.getProperty(name)))
                .collect(Collectors.joining());
        return "`mvn -Pbench verify" + properties + "`";
    }

    private static Optional<String> processor() {
        Path cpuinfo = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(cpuinfo)) {
            return Optional.of(System.getProperty("os.arch"));
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
