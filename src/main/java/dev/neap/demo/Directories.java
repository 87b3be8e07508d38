package dev.neap.demo;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies and deletes whole directories. */
final class Directories {

    /** A running server may put a file into a directory that is being emptied. */
    private static final int ATTEMPTS = 5;

    private Directories() {}

    /** Deletes a directory with all in it; does nothing if there is none. Links are deleted, not followed. */
    static void delete(Path root) throws IOException {
        for (int attempt = 1; Files.exists(root); attempt++) {
            try {
                Files.walkFileTree(root, new Deletion());
            } catch (DirectoryNotEmptyException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Copies a data directory that a server is writing to: a file that vanishes meanwhile is passed over.
     *
     * @param emptied paths below {@code from} that are made as empty directories
     * @param omitted names of files that are left out
     */
    static void copy(Path from, Path to, Set<Path> emptied, Set<String> omitted) throws IOException {
        Files.walkFileTree(from, new Copy(from, to, emptied, omitted));
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return passIfGone(e);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
                throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }

    private static final class Copy extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private final Set<Path> emptied;
        private final Set<String> omitted;

        private Copy(Path from, Path to, Set<Path> emptied, Set<String> omitted) {
            this.from = from;
            this.to = to;
            this.emptied = emptied;
            this.omitted = omitted;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            Path target = to.resolve(from.relativize(directory));
            if (!Files.exists(target)) {
                Files.copy(directory, target, StandardCopyOption.COPY_ATTRIBUTES);
            }
            boolean skipped = emptied.contains(from.relativize(directory));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (omitted.contains(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            try {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (IOException e) {
                return passIfGone(e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            return passIfGone(e);
        }
    }

    private static FileVisitResult passIfGone(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
