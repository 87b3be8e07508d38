package dev.neap.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar as a user would bring it. */
public final class TestJar {

    private TestJar() {}

    /** Compiles classes of package com.example, and packs them. */
    public static void write(Path directory, String name, Map<String, String> sources) throws IOException {
        Path work = Files.createDirectories(directory.resolve("work-" + name));
        List<String> files = sources.entrySet().stream().map(source -> {
            try {
                return Files.writeString(work.resolve(source.getKey() + ".java"), source.getValue()).toString();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }).toList();
        List<String> options = List.of("-proc:none", "-d", work.toString(), "-cp",
                System.getProperty("java.class.path"));
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, Stream.concat(options.stream(), files.stream()).toArray(String[]::new));
        assertThat(result).isZero();
        try (OutputStream out = Files.newOutputStream(directory.resolve(name));
                JarOutputStream jar = new JarOutputStream(out);
                Stream<Path> classes = Files.list(work.resolve("com/example"))) {
            for (Path type : classes.toList()) {
                jar.putNextEntry(new JarEntry("com/example/" + type.getFileName()));
                Files.copy(type, jar);
            }
        }
    }
}
