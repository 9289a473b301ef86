/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.rules;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An element of a rules file that keeps to the schema, and the line on which its start tag ends. */
record RuleElement(String name, int line, Map<String, String> attributes, List<RuleElement> children, String text) {

    RuleElement {
        attributes = Map.copyOf(attributes);
        children = List.copyOf(children);
        text = text.strip();
    }

    List<RuleElement> children(String name) {
        return children.stream().filter(child -> child.name.equals(name)).toList();
    }

    Optional<RuleElement> child(String name) {
        return children(name).stream().findFirst();
    }

    boolean yes(String attribute) {
        return "true".equals(attributes.getOrDefault(attribute, "").strip());
    }
}
