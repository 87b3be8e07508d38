package dev.neap.rows;

import java.util.Optional;

/** The rows of a range on their way through the transform, a bounded number of them at a time. */
interface Pages extends AutoCloseable {

    /**
     * The next ones, in the order in which they were read.
     *
     * @return empty if there are no more
     * @throws org.springframework.dao.DataAccessException if they could not be read
     */
    Optional<Transformer.Page> next();

    /** Ends whatever still works ahead; when it returns, nothing is open any more. */
    @Override
    void close();
}
