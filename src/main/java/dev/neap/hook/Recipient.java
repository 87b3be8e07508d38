package dev.neap.hook;

import java.io.IOException;
import java.time.Duration;

/** Is told by one call each. */
public sealed interface Recipient permits CommandRecipient, WebhookRecipient {

    /** For the log; without anything that is secret. */
    String words();

    /**
     * Tells it; blocks.
     *
     * @param within how long it may take; what takes longer is broken off
     * @throws IOException if it could not be told, with a message for the log that holds nothing secret
     * @throws InterruptedException if the process ends meanwhile
     */
    void tell(Message message, Duration within) throws IOException, InterruptedException;
}
