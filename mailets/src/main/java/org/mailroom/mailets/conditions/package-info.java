/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Mail in transit, as a search key looks at it: which keys can be asked of it, and whether it matches. A condition in
 * IMAP SEARCH syntax and a {@link org.apache.mailet.Mail} come in, yes or no goes out, for matchers and rules alike. What
 * is done with a mail that matches does not belong here, and nothing here changes a mail.
 */
package org.mailroom.mailets.conditions;
