package dev.neap.catalog;

import dev.neap.catalog.Prober.Objection;
import dev.neap.sql.Identifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionStatus;

/** Makes attempts in a transaction that survives them, and keeps what PostgreSQL, or Neap, has against each. */
final class Attempts {

    private final TransactionStatus transaction;
    private final List<Complaint> complaints = new ArrayList<>();

    /** New columns that could not be added: what refers to them fails for no reason of its own. */
    private final Set<Identifier> missing = new HashSet<>();

    Attempts(TransactionStatus transaction) {
        this.transaction = transaction;
    }

    List<Complaint> complaints() {
        return List.copyOf(complaints);
    }

    void complain(Complaint complaint) {
        complaints.add(complaint);
    }

    /** A column that would be new is not there. */
    void isMissing(Identifier column) {
        missing.add(column);
    }

    /** What this answers, with nothing of it left. */
    boolean undone(BooleanSupplier work) {
        Object savepoint = transaction.createSavepoint();
        boolean result = work.getAsBoolean();
        transaction.rollbackToSavepoint(savepoint);
        transaction.releaseSavepoint(savepoint);
        return result;
    }

    /** Whether it went well; if not, nothing of it is left but a complaint. */
    boolean make(String at, String what, Runnable work) {
        Object savepoint = transaction.createSavepoint();
        try {
            work.run();
            transaction.releaseSavepoint(savepoint);
            return true;
        } catch (Objection objection) {
            transaction.rollbackToSavepoint(savepoint);
            complaints.add(objection.complaint(at));
        } catch (DataAccessException e) {
            if (!(e.getMostSpecificCause() instanceof SQLException cause) || Prober.isServerCondition(cause)) {
                throw e;
            }
            transaction.rollbackToSavepoint(savepoint);
            complain(at, what, cause);
        }
        return false;
    }

    private void complain(String at, String what, SQLException cause) {
        ServerErrorMessage error = cause instanceof PSQLException server ? server.getServerErrorMessage() : null;
        String text = Optional.ofNullable(error)
                .map(ServerErrorMessage::getMessage)
                .orElseGet(() -> String.valueOf(cause.getMessage()));
        boolean consequence = "42703".equals(cause.getSQLState())
                && missing.stream().anyMatch(column -> text.contains(column.value()));
        if (!consequence) {
            Optional<String> hint = Optional.ofNullable(error).map(ServerErrorMessage::getHint);
            if ((at.isEmpty() || at.endsWith(".to")) && "42501".equals(cause.getSQLState())) {
                hint = hint
                        .or(() -> Optional.of("Grant the role SELECT on the table and TEMPORARY on the database."));
            }
            complaints.add(new Complaint(at, "PostgreSQL refuses " + what + ": " + sentence(text), hint));
        }
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
