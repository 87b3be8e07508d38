package dev.neap.run;

import dev.neap.change.ChangeName;
import dev.neap.pace.StopFlag;
import java.util.UUID;

/** Is there while a process works on a change: hears what is asked of the run, and tells others how far it is. */
public interface Attendant {

    /** Raised when the run is asked to stop, from whatever side. */
    StopFlag stop();

    /**
     * Attends until it is closed; what was asked before counts from the beginning.
     *
     * @param lease the token under which this process holds the change
     * @param watcher of the process itself, who is told everything as well
     * @throws org.springframework.dao.DataAccessException if the database can't be asked what was asked before
     */
    Attention attend(ChangeName change, UUID lease, Watcher watcher);

    /** Somebody is there. */
    interface Attention extends AutoCloseable {

        /** Whom the run tells what it does. */
        Watcher watcher();

        /**
         * Writes down that somebody agreed to lose data.
         *
         * @param note what the change file says about it
         * @param how it was said
         */
        void agreed(String note, String how);

        @Override
        void close();
    }

    /** Hears nothing and tells nobody but the watcher at hand. */
    static Attendant none(StopFlag stop) {
        return new Attendant() {
            @Override
            public StopFlag stop() {
                return stop;
            }

            @Override
            public Attention attend(ChangeName change, UUID lease, Watcher watcher) {
                return new Attention() {
                    @Override
                    public Watcher watcher() {
                        return watcher;
                    }

                    @Override
                    public void agreed(String note, String how) {}

                    @Override
                    public void close() {}
                };
            }
        };
    }
}
