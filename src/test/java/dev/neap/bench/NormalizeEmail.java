package dev.neap.bench;

import dev.neap.transform.Row;
import dev.neap.transform.RowTransform;
import java.util.Locale;

/** What {@link PlainBatchJob} does with a row, for Neap's row path: from a jar, as a user's class comes. */
public final class NormalizeEmail implements RowTransform {

    @Override
    public Row transform(Row row) {
        String email = row.text("email");
        return email == null ? row : row.with("email_normalized", email.strip().toLowerCase(Locale.ROOT));
    }
}
