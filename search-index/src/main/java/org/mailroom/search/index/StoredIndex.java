/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.search.index;

import java.time.Instant;
import java.util.Optional;

/**
 * An index as it lies on disk.
 *
 * @param directory the name of its directory
 * @param owner whose it is; nothing where the name of the directory does not say, as that of a very long name
 * @param octets octets of all its files
 * @param written when a file was last added to it or deleted
 */
public record StoredIndex(String directory, Optional<String> owner, long octets, Instant written) {}
