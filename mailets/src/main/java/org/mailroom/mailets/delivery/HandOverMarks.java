/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.mailroom.mailets.rules.FolderRule;

/**
 * Marks on a mail which rules handed it over to a processor. That processor may send the mail here again, and no rule
 * hands it over twice.
 */
final class HandOverMarks {
    private static final AttributeName NAME = AttributeName.of("org.mailroom.handed-over");

    private HandOverMarks() {}

    static void mark(Mail mail, FolderRule by) {
        Set<String> rules = new TreeSet<>(rules(mail));
        rules.add(by.name());
        mail.setAttribute(new Attribute(
                NAME, AttributeValue.of(rules.stream().map(AttributeValue::of).collect(Collectors.toSet()))));
    }

    static boolean by(FolderRule rule, Mail mail) {
        return rules(mail).contains(rule.name());
    }

    private static Set<String> rules(Mail mail) {
        return mail.getAttribute(NAME)
                .map(attribute -> attribute.getValue().value())
                .filter(Collection.class::isInstance)
                .map(Collection.class::cast)
                .map(HandOverMarks::strings)
                .orElse(Set.of());
    }

    private static Set<String> strings(Collection<?> values) {
        return values.stream()
                .map(value -> value instanceof AttributeValue<?> of ? of.value() : value)
                .map(String::valueOf)
                .collect(Collectors.toSet());
    }
}
