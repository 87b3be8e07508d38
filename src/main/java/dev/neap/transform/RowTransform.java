package dev.neap.transform;

/**
 * Changes rows one by one, for what SQL can't do. A public class with a public constructor that takes nothing; Neap makes
 * one instance a process and calls it from several threads at once, so it must be thread-safe (best without any state).
 *
 * <p>A row may be handed over more than once: after a crash, when somebody else changed it meanwhile, and when the result
 * is verified. So the same row must always come out the same, unless the change file has a {@code where} that no longer
 * holds once the row has been written. What else it does (a call of some service) has to bear being repeated.
 */
@FunctionalInterface
public interface RowTransform {

    /**
     * @return the row with what is to be written: {@code row.with("phone_e164", value)}; the row itself to leave it alone
     * @throws Exception if the row does not fit: it is set aside with the exception's message, or the run fails, as
     *     {@code max_quarantined} says
     */
    Row transform(Row row) throws Exception;
}
