/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.runs;

import java.util.Optional;

/** A process of a cluster. */
record NamedNode(String called, boolean leads) implements RuleNode {
    @Override
    public Optional<String> name() {
        return Optional.of(called);
    }
}
