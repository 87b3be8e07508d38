package dev.neap.run;

/** The right of this process to work on a change. */
@FunctionalInterface
interface Lease {

    /**
     * Whether it is still ours; asks the database.
     *
     * @throws org.springframework.dao.DataAccessException if the database can't be asked
     */
    boolean isHeld();
}
