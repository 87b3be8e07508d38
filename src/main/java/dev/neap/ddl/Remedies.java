package dev.neap.ddl;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What to do about the errors that DDL meets most, by SQLSTATE. */
final class Remedies {

    private Remedies() {}

    /** A space and a sentence or two, the server's own detail first; empty if there is nothing to add. */
    static String of(SQLException error) {
        String detail = "";
        if (error instanceof PSQLException psql && psql.getServerErrorMessage() != null) {
            ServerErrorMessage message = psql.getServerErrorMessage();
            detail = message.getDetail() == null ? "" : " " + message.getDetail();
        }
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        return detail
                + switch (state) {
                    case "23505" -> " Make those rows different (or delete one of them), and run the change again.";
                    case "23514", "23502" ->
                        " Correct the rows that break it, and run the change again; or roll the change back.";
                    case "23503" -> " Insert the missing parent rows or clear the reference, and run the change again.";
                    case "42501" -> " Run Neap as the table's owner, or grant its role to the one that Neap uses.";
                    case "2BP01" -> " Drop or change what depends on it first; Neap never cascades.";
                    case "53100" -> " Free disk space on the server, and run the change again.";
                    default -> " Mend that and run the change again, or roll the change back.";
                };
    }
}
