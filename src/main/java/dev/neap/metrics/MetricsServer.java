package dev.neap.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers {@code GET /metrics} with the JDK's own HTTP server, in the text format that every version of Prometheus reads.
 * Daemon threads of its own: a scraper that hangs keeps neither the run nor the end of the process.
 */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int THREADS = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, task -> Thread.ofPlatform().daemon().name("neap-metrics").unstarted(task));
    private final Supplier<String> scrape;
    private final Semaphore scraped = new Semaphore(0);
    private volatile boolean everScraped;

    private MetricsServer(HttpServer server, Supplier<String> scrape) {
        this.server = server;
        this.scrape = scrape;
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * @param address port 0 for any that is free
     * @param scrape what to answer
     * @throws MetricsUnavailable if the address can't be had
     */
    static MetricsServer start(InetSocketAddress address, Supplier<String> scrape) {
        try {
            return new MetricsServer(HttpServer.create(address, 0), scrape);
        } catch (IOException e) {
            throw new MetricsUnavailable(
                    "Metrics can't be served on %s, port %d: %s. Choose another port with --metrics-port, or 0 for any."
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
    }

    URI address() {
        InetSocketAddress at = server.getAddress();
        String host = at.getAddress().getHostAddress();
        return URI.create("http://%s:%d%s".formatted(host.contains(":") ? "[" + host + "]" : host, at.getPort(), PATH));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean head = exchange.getRequestMethod().equals("HEAD");
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else {
                byte[] body = scrape.get().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TEXT);
                exchange.sendResponseHeaders(200, head ? -1 : body.length);
                if (!head) {
                    exchange.getResponseBody().write(body);
                    everScraped = true;
                    scraped.release();
                }
            }
        }
    }

    /** Waits for one more scrape if there was one before; at most so long. */
    void linger(Duration atMost) {
        scraped.drainPermits();
        if (everScraped) {
            try {
                boolean unused = scraped.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
