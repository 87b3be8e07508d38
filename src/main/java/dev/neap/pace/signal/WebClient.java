package dev.neap.pace.signal;

import dev.neap.change.signal.WebToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Asks web servers, for a limited time and for answers of limited size; follows no redirect. */
final class WebClient implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final int MOST_BYTES = 1 << 20;

    /** A status and a body. */
    record Answer(int status, String body) {
        boolean isFine() {
            return status >= 200 && status < 300;
        }
    }

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final UnaryOperator<@Nullable String> environment;

    WebClient() {
        this(System::getenv);
    }

    /** @param environment gives the value of a variable; null for none */
    WebClient(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * @param token sent with it
     * @throws IOException if there is no answer in time, or it is too large, or the token is not there
     * @throws InterruptedException if this thread is to end
     */
    Answer get(URI url, Optional<WebToken> token) throws IOException, InterruptedException {
        HttpRequest.Builder builder = HttpRequest.newBuilder(url).timeout(TIMEOUT).GET();
        if (token.isPresent()) {
            builder.header(token.get().name(), token.get().value(secret(token.get().variable())));
        }
        HttpRequest request = builder.build();
        // A future, since the request's own timeout ends with the headers, and a body may never end.
        CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(
                request, head -> new Limited(HttpResponse.BodySubscribers.ofByteArray(), MOST_BYTES));
        try {
            HttpResponse<byte[]> response = future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new IOException("no answer within %d s".formatted(TIMEOUT.toSeconds()), e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /** No message may show it, so it is looked at here and not by the client. */
    private String secret(String variable) throws IOException {
        String secret = environment.apply(variable);
        if (secret == null || secret.isBlank()) {
            throw new IOException("environment variable %s, which holds its token, is not set".formatted(variable));
        }
        String stripped = secret.strip();
        if (!stripped.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IOException("environment variable %s holds what no header can".formatted(variable));
        }
        return stripped;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
