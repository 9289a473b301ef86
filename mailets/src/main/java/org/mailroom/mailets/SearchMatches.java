/* SPDX-License-Identifier: Apache-2.0 */
package org.mailroom.mailets;

import java.util.Collection;
import java.util.List;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;
import org.mailroom.mailets.conditions.MailCondition;
import org.mailroom.mailets.conditions.MailConditions;
import org.mailroom.mailets.conditions.UnusableConditionException;
import org.mailroom.search.match.TextLimitException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Matches mail by an IMAP SEARCH expression, as a search in a mailbox would ({@link MailCondition} says what that means
 * on the way): for all its recipients or for none. For example, in {@code mailetcontainer.xml}:
 *
 * <pre>{@code
 * <mailet match="org.mailroom.mailets.SearchMatches=FROM billing SUBJECT &quot;your invoice&quot;" class="..."/>
 * }</pre>
 *
 * <p>An expression that is none, or that asks for what only a message in a mailbox has, stops the start of James. A message
 * that cannot be read (a store that is away, not a malformed message) is James's {@code onMatchException} to decide,
 * which by default keeps the mail in the error processor. A mail of which the expression asks text that is past the limits
 * does not match, and a warning in the log says so.
 */
public final class SearchMatches extends GenericMatcher {
    private static final Logger LOGGER = LoggerFactory.getLogger(SearchMatches.class);

    private final MailConditions conditions;
    private MailCondition condition;

    /** Called by James. */
    @Inject
    public SearchMatches(MailConditions conditions) {
        this.conditions = conditions;
    }

    @Override
    public void init() throws MessagingException {
        String text = getCondition();
        if (text == null || text.isBlank()) {
            throw new MessagingException("Matcher " + getMatcherName() + " has no condition: write an IMAP search"
                    + " expression behind it, as in match=\"" + getMatcherName() + "=SUBJECT invoice\"");
        }
        try {
            condition = conditions.parse(text);
        } catch (UnusableConditionException e) {
            throw new MessagingException("Matcher " + getMatcherName() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Collection<MailAddress> match(Mail mail) throws MessagingException {
        try {
            return condition.matches(mail) ? mail.getRecipients() : List.of();
        } catch (TextLimitException e) {
            LOGGER.warn(
                    "A condition of SearchMatches does not match mail {}, as it depends on text that is past the limit {}",
                    mail.getName(),
                    e.limit());
            return List.of();
        }
    }

    /** Leaves out the condition, which may be confidential. */
    @Override
    public String getMatcherInfo() {
        return "Mailroom SearchMatches";
    }
}
