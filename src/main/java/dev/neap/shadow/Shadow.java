package dev.neap.shadow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/** An empty copy of a schema on a server of its own, until it is closed. */
public final class Shadow implements AutoCloseable {

    /** The major version of the PostgreSQL that Neap brings along. */
    public static final int BUNDLED = EmbeddedServer.MAJOR;

    private final ShadowServer server;
    private final List<String> lacking;
    private final Optional<String> searchPath;

    Shadow(ShadowServer server, List<String> lacking) {
        this(server, lacking, Optional.empty());
    }

    private Shadow(ShadowServer server, List<String> lacking, Optional<String> searchPath) {
        this.server = server;
        this.lacking = List.copyOf(lacking);
        this.searchPath = searchPath;
    }

    /**
     * Where a shadow may run.
     *
     * @param major the version that it must have
     * @param scratch a server that the user named: sessions in the database of a name, or in the one named with it
     * @param bin where the programs of a PostgreSQL are that may be used
     * @param path directories to look for them in, as PATH lists them
     */
    public record Place(
            int major,
            Optional<Function<Optional<String>, DataSource>> scratch,
            Optional<Path> bin,
            String path) {

        /** A server of Neap's own, or one that is found on this machine. */
        public static Place of(int major, String path) {
            return new Place(major, Optional.empty(), Optional.empty(), path);
        }
    }

    /** With the schema of a database, which is only looked at; names mean the same there as in sessions of it. */
    public static Shadow of(DataSource target, Place place) {
        return copy(target, start(place, Optional.of(target)));
    }

    static Shadow copy(DataSource target, ShadowServer server) {
        try {
            SchemaReader.Schema schema = SchemaReader.read(target);
            List<String> lacking = new ArrayList<>(schema.omitted());
            lacking.addAll(new SchemaBuilder(server).build(schema.statements()));
            return new Shadow(server, lacking, Optional.of(schema.searchPath()));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** With the schema that a dump holds. */
    public static Shadow of(DumpFile dump, Place place) {
        ShadowServer server = start(place, Optional.empty());
        try {
            return new Shadow(server, new SchemaBuilder(server).build(dump.statements()));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** With nothing in it. */
    public static Shadow empty(Place place) {
        return new Shadow(start(place, Optional.empty()), List.of());
    }

    private static ShadowServer start(Place place, Optional<DataSource> target) {
        if (place.scratch().isPresent()) {
            return ScratchServer.on(place.scratch().get(), place.major(), target);
        }
        if (place.major() == BUNDLED) {
            return EmbeddedServer.start();
        }
        return Installation.find(place.major(), place.bin(), place.path())
                .<ShadowServer>map(LocalServer::start)
                .orElseThrow(() -> new ShadowFailed(
                        ("The shadow has to run PostgreSQL %d, and none is installed here (Neap brings %d along). Install its"
                                + " server, name its directory in neap.lint.postgres_bin, or name a scratch server with"
                                + " --shadow-url.").formatted(place.major(), BUNDLED)));
    }

    /** What could not be copied, a sentence each. */
    public List<String> lacking() {
        return lacking;
    }

    public Judge judge() {
        return new Judge(server, searchPath);
    }

    /** Ends the server, or drops the database, and all that was in it. */
    @Override
    public void close() {
        server.close();
    }
}
