/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.journal;

import java.nio.file.Path;

/**
 * Locates a part of a journal that is not as it was written, or that another version wrote.
 *
 * @param begin where it begins, in octets
 * @param end where it ends
 * @param isForeign whether another version wrote it
 */
public record Damage(Path file, long begin, long end, boolean isForeign) {

    /** For an administrator, in one line. */
    public String text() {
        return "octets " + begin + " to " + end + " of the journal " + file
                + (isForeign ? " were written by another version of Mailroom" : " are damaged");
    }

    /** Where a copy of it is kept. */
    Path aside() {
        return file.resolveSibling(file.getFileName() + ".damaged-" + begin);
    }
}
