/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Holds the classes that {@code mailetcontainer.xml}, {@code listeners.xml} and {@code extensions.properties} name:
 * matchers, mailets, the listener and the Guice module. A mail in transit comes in; a matcher gives the recipients for
 * which a mailet runs, and a mailet gives a mail that knows where it is to be stored. {@code conditions} says what a
 * condition means for a mail, {@code rules} what rules are, {@code delivery} what is done with a mail, {@code runs} how
 * rules act on stored mail, {@code journal} what is recorded of that, {@code editing} how administrators change rules,
 * {@code explain} why a rule acts on a message.
 */
package org.mailroom.mailets;
