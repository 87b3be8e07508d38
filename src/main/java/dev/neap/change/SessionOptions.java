package dev.neap.change;

import java.util.Optional;

/** What a change file says about the settings of the transactions that change rows. */
public record SessionOptions(Optional<SynchronousCommit> synchronousCommit, Optional<WalCompression> walCompression) {

    public static SessionOptions none() {
        return new SessionOptions(Optional.empty(), Optional.empty());
    }
}
