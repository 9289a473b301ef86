/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Optional;

/** This process among those that share its mail. Thread-safe. */
public interface RuleNode {
    /** The only one. */
    RuleNode ALONE = new RuleNode() {
        @Override
        public Optional<String> name() {
            return Optional.empty();
        }

        @Override
        public boolean leads() {
            return true;
        }
    };

    /** Its name, letters and digits; nothing where it is the only one. */
    Optional<String> name();

    /** Whether it is the one that runs rules on schedule. */
    boolean leads();
}
