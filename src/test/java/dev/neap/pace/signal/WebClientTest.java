package dev.neap.pace.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.neap.change.signal.WebToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token is read from the environment for each request, and shown to nobody else. */
class WebClientTest {

    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final Map<String, String> received = new ConcurrentHashMap<>();
    private final WebClient client = new WebClient(environment::get);
    private final HttpServer server;

    WebClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            exchange.getRequestHeaders().forEach((name, values) -> received.put(name, values.getFirst()));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    @Test
    void isSentAsABearerTokenOrInTheHeaderThatIsNamed() throws Exception {
        environment.put("PAGE_TOKEN", "s3cret\n");
        assertThat(get(new WebToken("PAGE_TOKEN", Optional.empty())).status()).isEqualTo(204);
        assertThat(received).containsEntry("Authorization", "Bearer s3cret");

        environment.put("PAGE_TOKEN", "another");
        get(new WebToken("PAGE_TOKEN", Optional.of("X-Api-Key")));
        assertThat(received).containsEntry("X-api-key", "another");
    }

    @Test
    void makesTheSignalUnreadableWhereItIsNotThere() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(new WebToken("PAGE_TOKEN", Optional.empty())))
                .withMessage("environment variable PAGE_TOKEN, which holds its token, is not set");
        assertThat(received).isEmpty();
    }

    @Test
    void isNotShownWhereItCannotBeSent() {
        environment.put("PAGE_TOKEN", "s3\ncret");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> get(new WebToken("PAGE_TOKEN", Optional.empty())))
                .withMessage("environment variable PAGE_TOKEN holds what no header can");
    }

    @Test
    void isNotTakenForTheNameOfItsVariable() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebToken("s3cret-token", Optional.empty()))
                .withMessageNotContaining("s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> new WebToken("PAGE_TOKEN", Optional.of("Host")));
    }

    private WebClient.Answer get(WebToken token) throws IOException, InterruptedException {
        return client.get(
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort())), Optional.of(token));
    }
}
