package dev.neap.rows;

import dev.neap.transform.RowTransform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Finds transforms by the names of their classes: in the jars of a directory, else among Neap's own classes. One instance
 * of each is made.
 *
 * <p>Classes of the jars see each other, the Java platform, {@link dev.neap.transform} and SLF4J, and nothing else of
 * Neap: whatever libraries they bring don't meet those that Neap uses.
 */
public final class Transforms implements AutoCloseable {

    private final Path directory;
    private final Map<String, RowTransform> made = new ConcurrentHashMap<>();
    private final URLClassLoader jars;

    /**
     * @param directory that holds jars; need not exist
     * @throws UncheckedIOException if it can't be read
     */
    public Transforms(Path directory) {
        this.directory = directory;
        this.jars = new URLClassLoader("transforms", jarsIn(directory),
                new SharedClasses(Transforms.class.getClassLoader()));
    }

    private static URL[] jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return new URL[0];
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<URL> urls = new ArrayList<>();
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .sorted()
                    .toList()) {
                urls.add(url(jar));
            }
            return urls.toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("Directory " + directory + " can't be read.", e);
        }
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /**
     * The instance of a class; the same at each call.
     *
     * @throws NoTransform if there is no such class, or it is none, or can't be made
     */
    public RowTransform named(String className) {
        return made.computeIfAbsent(className, this::make);
    }

    /**
     * Which class that is.
     *
     * @throws NoTransform if there is none
     */
    public ClassDigest digest(String className) {
        return ClassDigest.of(named(className).getClass(), jars);
    }

    private RowTransform make(String className) {
        try {
            Class<?> found = find(className);
            if (!RowTransform.class.isAssignableFrom(found)) {
                throw new NoTransform(
                        "Class %s is no RowTransform.".formatted(className),
                        "Let it implement dev.neap.transform.RowTransform.");
            }
            if (found.isInterface() || Modifier.isAbstract(found.getModifiers())) {
                throw new NoTransform(
                        "Class %s is abstract.".formatted(className), "Name a class of which an instance can be made.");
            }
            return (RowTransform) found.getConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            throw new NoTransform(
                    "There is no class %s, neither in the jars of %s (%s) nor in Neap itself."
                            .formatted(className, directory, jarNames()),
                    "Put its jar there, or correct the name: package, dot, class.");
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new NoTransform(
                    "Class %s has no public constructor without parameters.".formatted(className),
                    "Make the class public, and give it one.");
        } catch (InvocationTargetException e) {
            throw new NoTransform(
                    "An instance of class %s can't be made: %s.".formatted(className, e.getCause()),
                    "Let its constructor return.");
        } catch (InstantiationException | LinkageError e) {
            throw new NoTransform(
                    "Class %s can't be loaded: %s.".formatted(className, e),
                    "Put all that it needs into %s, compiled for Java %d or older."
                            .formatted(directory, Runtime.version().feature()));
        }
    }

    private Class<?> find(String className) throws ClassNotFoundException {
        try {
            return Class.forName(className, true, jars);
        } catch (ClassNotFoundException e) {
            return Class.forName(className, true, Transforms.class.getClassLoader());
        }
    }

    private String jarNames() {
        List<String> names = Stream.of(jars.getURLs()).map(url -> url.getPath().replaceFirst(".*/", "")).toList();
        return names.isEmpty() ? "there are none" : String.join(", ", names);
    }

    @Override
    public void close() {
        try {
            jars.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets through the few classes that transforms share with Neap. */
    private static final class SharedClasses extends ClassLoader {

        private final ClassLoader neap;

        SharedClasses(ClassLoader neap) {
            super("shared", ClassLoader.getPlatformClassLoader());
            this.neap = neap;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.neap.transform.") || name.startsWith("org.slf4j.")) {
                return neap.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
