package dev.neap.hook;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An HTTP server to which the body is posted. Its URL may hold a secret, so only the host is ever printed. */
public final class WebhookRecipient implements Recipient {

    private final URI url;
    private final Header header;
    private @Nullable HttpClient client;

    /** Where one more header comes from. */
    @FunctionalInterface
    public interface Header {

        /**
         * @return {@code Name: value}, if there is one
         * @throws IOException with a message that does not show it
         */
        Optional<String> read() throws IOException;
    }

    /**
     * @param url http or https
     * @param header one more header, {@code Name: value}; asked each time, since a secret may be exchanged
     */
    public WebhookRecipient(URI url, Header header) {
        if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
            throw new IllegalArgumentException("A webhook's URL begins with http:// or https:// and has a host.");
        }
        this.url = url;
        this.header = header;
    }

    @Override
    public String words() {
        return "webhook at " + url.getHost();
    }

    @Override
    public void tell(Message message, Duration within) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(within)
                .header("Content-Type", "application/json")
                .header("User-Agent", "neap")
                .POST(HttpRequest.BodyPublishers.ofString(message.body()));
        Optional<String> more = header.read();
        if (more.isPresent()) {
            String[] parts = more.get().split(":", 2);
            if (parts.length != 2) {
                throw new IOException("its header is not written as Name: value");
            }
            setHeader(request, parts[0].strip(), parts[1].strip());
        }
        CompletableFuture<HttpResponse<Void>> answer = client(within)
                .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
        try {
            // Over all: the client's own timeout ends with the first line of the answer.
            int status = answer.get(within.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            if (status / 100 != 2) {
                throw new IOException("it answered with status " + status);
            }
        } catch (TimeoutException e) {
            throw new IOException("it did not answer within %d ms".formatted(within.toMillis()), e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof HttpTimeoutException) {
                throw new IOException("it did not answer within %d ms".formatted(within.toMillis()), cause);
            }
            throw new IOException("it can't be reached: " + cause.getClass().getSimpleName(), cause);
        } finally {
            answer.cancel(true);
        }
    }

    private static void setHeader(HttpRequest.Builder request, String name, String value) throws IOException {
        try {
            request.setHeader(name, value);
        } catch (IllegalArgumentException e) {
            // Its message would show the value.
            throw new IOException("its header can't be sent: a character in it is not allowed, or its name is");
        }
    }

    /** Made on the hook's own thread: a run does not wait for it. */
    private HttpClient client(Duration within) {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(within)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        return client;
    }
}
