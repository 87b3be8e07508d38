package dev.neap.hook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A web server that keeps what is posted to it, wherever; but for {@code /hang}, which never answers. */
public final class WebhookServer implements AutoCloseable {

    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /**
     * What was posted.
     *
     * @param authorization the header; {@code null} as text if there was none
     */
    public record Posted(String path, String authorization, JsonNode body) {}

    /** Listens on a port of its own. */
    public WebhookServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::keep);
        server.createContext("/hang", this::hang);
        server.start();
    }

    private void keep(HttpExchange exchange) throws IOException {
        posted.add(new Posted(
                exchange.getRequestURI().getPath(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes())));
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void hang(HttpExchange exchange) {
        try {
            hanging.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    /** Where it listens, with no path. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What was posted, the oldest first. */
    public List<Posted> posted() {
        return posted;
    }

    /** The bodies of what was posted under a path and below it, the oldest first. */
    public List<JsonNode> bodies(String path) {
        return posted.stream().filter(post -> post.path().startsWith(path)).map(Posted::body).toList();
    }

    @Override
    public void close() {
        hanging.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
