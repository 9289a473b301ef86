/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Holds the classes that {@code mailetcontainer.xml}, {@code listeners.xml} and {@code extensions.properties} name:
 * matchers, mailets, the listener and the Guice module. A mail in transit comes in; a matcher gives the recipients for
 * which a mailet runs, and a mailet gives a mail that knows where it is to be stored. {@code conditions} says what a
 * condition means for a mail, {@code rules} what rules are, {@code userrules} which of them users have made, {@code
 * editing} how administrators change rules, {@code delivery} what is done with a mail, {@code runs} how rules act on
 * stored mail and {@code events} when clients change it, {@code journal} what is recorded of that, {@code explain} why a
 * rule acts on a message, {@code check} what rules would match, {@code webadmin} the HTTP routes.
 */
package org.mailroom.mailets;
