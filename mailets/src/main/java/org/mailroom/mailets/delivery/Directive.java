/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets.delivery;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.core.Username;
import org.apache.james.mailbox.DefaultMailboxes;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.StorageDirective;
import org.mailroom.mailbox.james.JamesFlags;

/**
 * Holds James's storage directive for one user: the mailbox and the flags with which LocalDelivery stores a mail. James
 * 3.8.1 takes one mailbox, {@code \Seen}, {@code \Flagged} and keywords.
 *
 * @param mailbox the name of the mailbox, without namespace and user
 * @param flags by their IMAP names
 */
record Directive(String mailbox, Set<String> flags) {
    private static final String FOLDER = "DeliveryPath";
    private static final Set<String> BEYOND = Set.of("\\answered", "\\deleted", "\\draft");

    /** Reads the directive of {@code mail}: by default, INBOX and no flags. */
    static Directive of(Mail mail, Username user, char delimiter) {
        StorageDirective told = StorageDirective.fromMail(user, mail);
        String folder = folder(told, user).orElse(DefaultMailboxes.INBOX).replace('/', delimiter);
        return new Directive(
                folder.startsWith(String.valueOf(delimiter)) ? folder.substring(1) : folder,
                told.getFlags().<Set<String>>map(JamesFlags::names).orElse(Set.of()));
    }

    /**
     * The mailbox of the directive, the first of several. James 3.8 has one, 3.9 has several and another method to ask
     * for them; what both write into a mail is as easily read.
     */
    private static Optional<String> folder(StorageDirective told, Username user) {
        return told.encodeAsAttributes(user)
                .filter(attribute -> attribute.getName().asString().startsWith(FOLDER))
                .map(attribute -> attribute.getValue().getValue())
                .flatMap(value -> value instanceof Collection<?> several
                        ? several.stream().map(one -> ((AttributeValue<?>) one).getValue())
                        : Stream.of(value))
                .map(String.class::cast)
                .findFirst();
    }

    /** Whether James's directive can carry all of the flags. */
    boolean canCarryFlags() {
        return flags.stream().noneMatch(Directive::beyond);
    }

    /** Replaces the directive of {@code mail}; flags that James's directive cannot carry are left out. */
    void tell(Mail mail, Username user) {
        List<String> keywords =
                flags.stream().filter(flag -> !flag.startsWith("\\")).toList();
        StorageDirective.builder()
                .targetFolder(mailbox)
                .seen(Optional.of(has("\\seen")))
                .important(Optional.of(has("\\flagged")))
                .keywords(Optional.of(keywords))
                .build()
                .encodeAsAttributes(user)
                .forEach(mail::setAttribute);
    }

    private boolean has(String flag) {
        return flags.stream().anyMatch(flag::equalsIgnoreCase);
    }

    private static boolean beyond(String flag) {
        return BEYOND.contains(flag.toLowerCase(Locale.ROOT));
    }
}
