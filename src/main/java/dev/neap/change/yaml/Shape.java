package dev.neap.change.yaml;

import java.util.Optional;

/**
 * What may stand at one place of a change file. One description serves twice: files are read by it, and the JSON Schema is
 * written from it, so that an editor and Neap never disagree.
 *
 * @param <T> what a value is read as
 */
sealed interface Shape<T> permits Scalar, ListOf, MapOf, Mapping, OperationEntry, WindowShape {

    /** The value; empty if it is mistaken, which has been reported to the place's {@link Reading}. */
    Optional<T> read(Place place);
}
