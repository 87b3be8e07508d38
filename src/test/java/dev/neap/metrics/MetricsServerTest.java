package dev.neap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

    private final MetricsServer server = MetricsServer.start(any(), () -> "neap_run_failed 0\n");
    private final HttpClient client = HttpClient.newHttpClient();

    private static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void end() {
        server.close();
        client.close();
    }

    private HttpResponse<String> send(String method, URI address) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address).method(method, HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersOnItsPathAlone() throws Exception {
        HttpResponse<String> scraped = send("GET", server.address());
        assertThat(scraped.body()).isEqualTo("neap_run_failed 0\n");
        assertThat(scraped.headers().firstValue("Content-Type")).hasValueSatisfying(
                type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(send("GET", server.address().resolve("/")).statusCode()).isEqualTo(404);
        assertThat(send("POST", server.address()).statusCode()).isEqualTo(405);
        assertThat(send("HEAD", server.address()).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotWaitForAScraperThatNeverCame() {
        long began = System.nanoTime();
        server.linger(Duration.ofMinutes(1));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void waitsForOneMoreScrape() throws Exception {
        send("GET", server.address());
        CompletableFuture<Void> lingering = CompletableFuture.runAsync(() -> server.linger(Duration.ofMinutes(1)));
        while (!lingering.isDone()) {
            send("GET", server.address());
        }
        lingering.join();
    }

    @Test
    void saysWhichPortIsTaken() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort());
        assertThatThrownBy(() -> MetricsServer.start(taken, () -> ""))
                .isInstanceOf(MetricsUnavailable.class)
                .hasMessageContainingAll("port " + taken.getPort(), "Address already in use", "--metrics-port");
    }
}
